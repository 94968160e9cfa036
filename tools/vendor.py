"""Copy the third-party files that the browser needs from node_modules to the static files (never committed)."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "draad" / "web" / "static" / "vendor"
SOURCE_SANS = "@fontsource-variable/source-sans-3/files"
FILES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.css": "govuk/govuk-frontend.min.css",
    "govuk-frontend/dist/govuk/govuk-frontend.min.css.map": "govuk/govuk-frontend.min.css.map",
    f"{SOURCE_SANS}/source-sans-3-latin-wght-normal.woff2": "source-sans-3-latin-wght-normal.woff2",
    f"{SOURCE_SANS}/source-sans-3-latin-wght-italic.woff2": "source-sans-3-latin-wght-italic.woff2",
}
STYLES = "govuk/govuk-frontend.min.css"
# Its typeface may be used on gov.uk only and is not brought along: a browser that asks for it finds nothing.
FONT_FACE = re.compile(r"@font-face\{font-family:GDS Transport;[^}]*\}")


def main() -> None:
    """Copy every file; a missing one is an error."""
    for source, target in FILES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, VENDOR / target)
    styles = (VENDOR / STYLES).read_text(encoding="utf-8")
    (VENDOR / STYLES).write_text(FONT_FACE.sub("", styles), encoding="utf-8")


if __name__ == "__main__":
    main()
