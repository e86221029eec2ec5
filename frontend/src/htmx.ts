// htmx in a module of its own, so that pages without a form to answer in place never load it.
import htmx from "htmx.org/dist/htmx.esm.min.js";

document.documentElement.dataset["answers"] = "in-place";

export default htmx;
