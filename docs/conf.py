"""How the site is built: no network, no scripts from elsewhere, and a warning is an error."""

import sys
from pathlib import Path

import monps

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "monps"
author = "The monps authors"
copyright = author
version = release = monps.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "numpydoc",
    "mathml",
    "command_reference",
    "registry_reference",
    "architecture",
]
exclude_patterns = ["_build", "reference/generated"]
nitpicky = False
keep_warnings = True

myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
numpydoc_show_class_members = False
numpydoc_validation_checks = {"GL03", "GL06", "GL07", "GL08", "SS03", "PR02", "PR03", "PR07", "YD01"}

html_theme = "furo"
html_title = "monps"
html_static_path = ["_static"]
html_copy_source = False
html_show_sphinx = False
