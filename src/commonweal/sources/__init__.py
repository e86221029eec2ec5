"""How records come in: fetch (input and output), then parse (pure) into records, rejected rows and provenance.

A file takes the way `files` → `parse`; a portal takes `fetch` → `portal_reading` → `parse`. What columns mean is said
by a mapping file (`mapping`), never by code.

Modules
-------
mapping : the format of mapping files; `read_mapping`, `find_mapping`
load : `load_file`, `load_pack_sources`, `write_rejected`
fetch : `fetch_source`
parse : `parse_table`, `Parsed`
simulation : made records where no real record can be had
"""

from __future__ import annotations
