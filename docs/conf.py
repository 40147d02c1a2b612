"""How the documentation is built: `make docs`, with warnings as errors."""

import tomllib
from pathlib import Path

_project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]

project = "Assay"
author = "The Assay contributors"
version = release = _project["version"]
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"Assay {version}"
html_favicon = "../static/img/favicon.svg"
html_copy_source = False
html_show_copyright = False
html_theme_options = {"top_of_page_buttons": []}
