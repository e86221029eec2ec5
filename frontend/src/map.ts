// A map to move and zoom in: areas colored by verdict, or stations as points. No tiles: nothing is asked of
// another server. The drawn map and the table beside it say the same.
import type { FeatureCollection, Geometry } from "geojson";
import {
  AttributionControl,
  type GeoJSONSource,
  LngLatBounds,
  Map as LiveMap,
  Marker,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import sheet from "maplibre-gl/dist/maplibre-gl.css?url";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

interface Place {
  title: string;
  detail: string;
  sign: string;
  tone: string;
  href: string;
  lon: number;
  lat: number;
}

type Drawn = FeatureCollection<Geometry, Place>;

const TONES = ["better", "worse", "unsure", "stop", "plain", "police", "fire"] as const;

/** Read the colors from the style sheet, so that both maps look alike. */
function readTones(holder: HTMLElement): Map<string, string> {
  const found = new Map<string, string>();
  const probe = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  probe.append(shape);
  holder.append(probe);
  for (const tone of TONES) {
    const point = tone === "police" || tone === "fire";
    shape.setAttribute("class", point ? `place ${tone}` : `area ${tone}`);
    found.set(tone, getComputedStyle(shape).fill);
  }
  probe.remove();
  return found;
}

function paint(tones: Map<string, string>): StyleSpecification {
  const fill = ["match", ["get", "tone"], ...[...tones].flat(), "#e6e8ea"] as unknown as string;
  return {
    version: 8,
    sources: { places: { type: "geojson", data: { type: "FeatureCollection", features: [] } } },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": "#ffffff" } },
      {
        id: "areas",
        type: "fill",
        source: "places",
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": fill },
      },
      {
        id: "edges",
        type: "line",
        source: "places",
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "line-color": "#565c65", "line-width": 0.8 },
      },
      {
        id: "points",
        type: "circle",
        source: "places",
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 4, 13, 9],
          "circle-color": fill,
          "circle-stroke-color": "#ffffff",
          "circle-stroke-width": 1,
        },
      },
    ],
  };
}

function addSheet(): Promise<void> {
  if (document.querySelector("link[data-map-sheet]") !== null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheet;
    link.dataset["mapSheet"] = "";
    link.onload = (): void => resolve();
    link.onerror = (): void => reject(new Error("the style sheet of the map did not load"));
    document.head.append(link);
  });
}

function describe(place: Place): HTMLElement {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = place.href;
  link.textContent = place.title;
  const detail = document.createElement("div");
  detail.textContent = place.detail;
  box.append(link, detail);
  return box;
}

/** Replace the drawn map in the holder by a live one. */
export async function showMap(holder: HTMLElement): Promise<void> {
  const address = holder.dataset["map"] ?? "";
  const [answer] = await Promise.all([fetch(address), addSheet()]);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  const drawn = (await answer.json()) as Drawn;
  setWorkerUrl(worker);

  const [west = -180, south = -80, east = 180, north = 80] = (holder.dataset["frame"] ?? "").split(",").map(Number);
  const box = document.createElement("div");
  box.className = "map-live";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const picture = holder.querySelector(":scope > svg");
  if (picture) picture.replaceWith(box);
  else holder.prepend(box);

  const map = new LiveMap({
    container: box,
    style: paint(readTones(holder)),
    bounds: new LngLatBounds([west, south], [east, north]),
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: still ? 0 : 150,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl({ unit: "imperial" }));
  map.addControl(new AttributionControl({ compact: true }));
  map.getCanvas().setAttribute("aria-label", holder.dataset["label"] ?? "");
  await new Promise<void>((resolve) => void map.once("load", () => resolve()));
  map.getSource<GeoJSONSource>("places")?.setData(drawn);

  for (const { properties: place } of drawn.features) {
    if (place.sign === "") continue;
    const sign = document.createElement("span");
    sign.textContent = place.sign;
    sign.className = "map-sign";
    sign.setAttribute("aria-hidden", "true");
    new Marker({ element: sign }).setLngLat([place.lon, place.lat]).addTo(map);
  }
  for (const layer of ["areas", "points"]) {
    map.on("click", layer, (event) => {
      const place = event.features?.[0]?.properties as Place | undefined;
      if (place) new Popup().setLngLat(event.lngLat).setDOMContent(describe(place)).addTo(map);
    });
    map.on("mouseenter", layer, () => void (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => void (map.getCanvas().style.cursor = ""));
  }
}
