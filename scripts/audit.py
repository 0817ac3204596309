"""Write var/sbom.cdx.json (CycloneDX); exit with 1 if packages have known vulnerabilities.

Packages without an answer do not fail: some mirrors have no such data.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements-saml.txt"  # with what is optional
SBOM = ROOT / "var" / "sbom.cdx.json"


def write_sbom():
    SBOM.parent.mkdir(exist_ok=True)
    options = ["requirements", str(REQUIREMENTS), "--pyproject", str(ROOT / "pyproject.toml")]
    options += ["--output-reproducible", "--output-file", str(SBOM)]
    # It warns about missing dependencies.
    command = [sys.executable, "-W", "ignore::UserWarning", "-m", "cyclonedx_py", *options]
    subprocess.run(command, check=True)


def ask():
    """Return the packages of pip-audit's JSON; empty if it failed."""
    options = ["--requirement", str(REQUIREMENTS), "--disable-pip", "--no-deps"]
    options += ["--format", "json", "--progress-spinner", "off"]
    command = [sys.executable, "-m", "pip_audit", *options]
    printed = subprocess.run(command, capture_output=True, text=True).stdout
    return json.loads(printed)["dependencies"] if printed.strip() else []


def vulnerabilities(packages):
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, fixed in "
        f"{', '.join(flaw['fix_versions']) or 'no version yet'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]


def main():
    write_sbom()
    packages = ask()
    answered = [package for package in packages if "skip_reason" not in package]
    lines = vulnerabilities(packages)
    print(
        f"{len(answered)} of {len(packages)} packages audited, {len(lines)} vulnerabilities known"
    )
    if not packages or len(answered) < len(packages):
        print("The registry has no vulnerability data about the others.")
    print("".join(f"{line}\n" for line in lines), end="")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
