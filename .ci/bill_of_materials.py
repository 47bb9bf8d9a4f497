"""Writes what a release contains as SPDX 2.3, and checks it.

Usage: bill_of_materials.py PROGRAM VERSION OUT.spdx.json NOTICE.txt
PROGRAM has its symbols; the SHA-256 in the document is that of STRIPPED, if the environment names it, else of PROGRAM.
The time is SOURCE_DATE_EPOCH, so that one commit gives the same bytes.
"""
import datetime
import hashlib
import json
import os
import pathlib
import re
import sys

from components import collect, notice


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def document(version, digest, parts, time):
    """The SPDX document as a dictionary."""
    packages = [{
        "name": "loadcast", "SPDXID": "SPDXRef-loadcast", "versionInfo": version, "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "licenseConcluded": "Apache-2.0", "licenseDeclared": "Apache-2.0",
        "copyrightText": "The Loadcast authors", "primaryPackagePurpose": "APPLICATION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
    }]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-loadcast")]
    for part in parts:
        package = {"name": part.name, "SPDXID": identifier(part.name), "downloadLocation": part.source, "filesAnalyzed": False,
                   "licenseConcluded": part.licence, "licenseDeclared": part.licence, "copyrightText": "NOASSERTION",
                   "summary": part.purpose, "primaryPackagePurpose": "LIBRARY"}
        if part.source.endswith(".git") or "github.com" in part.source:
            package["downloadLocation"] = "git+" + part.source
        if part.version:
            package["versionInfo"] = part.version
        packages.append(package)
        pair = ("SPDXRef-loadcast", identifier(part.name))
        if part.relation.endswith("_OF"):
            pair = pair[::-1]
        relations.append((pair[0], part.relation, pair[1]))
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"loadcast-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/loadcast-{version}-{digest}",
        "creationInfo": {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: loadcast-.ci/release"]},
        "packages": packages,
        "relationships": [{"spdxElementId": a, "relationshipType": kind, "relatedSpdxElement": b} for a, kind, b in relations],
    }


def problems(found):
    """What the specification requires and the document lacks (SPDX 2.3, sections 6, 7, 11 and annex D)."""
    wanted = {"spdxVersion": r"SPDX-2\.3", "dataLicense": r"CC0-1\.0", "SPDXID": r"SPDXRef-DOCUMENT", "name": r".+",
              "documentNamespace": r"[a-z][a-z0-9+.-]*://[^#\s]+"}
    faults = [f"{key} is {found.get(key)!r}" for key, form in wanted.items() if not re.fullmatch(form, str(found.get(key)))]
    creation = found["creationInfo"]
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", creation["created"]):
        faults.append(f"created is {creation['created']!r}")
    faults += [f"creator {name!r}" for name in creation["creators"] if not re.match(r"(Tool|Organization|Person): \S", name)]
    faults += [] if creation["creators"] else ["no creator"]
    known = {"SPDXRef-DOCUMENT"}
    expression = r"[A-Za-z0-9.+-]+( WITH [A-Za-z0-9.-]+)?( (AND|OR) [A-Za-z0-9.+-]+( WITH [A-Za-z0-9.-]+)?)*"
    location = r"NOASSERTION|NONE|(git\+)?https?://\S+"
    for package in found["packages"]:
        name = package.get("name")
        for key, form in {"name": r".+", "SPDXID": r"SPDXRef-[A-Za-z0-9.-]+", "downloadLocation": location,
                          "licenseConcluded": expression, "licenseDeclared": expression, "copyrightText": r".+"}.items():
            if not re.fullmatch(form, str(package.get(key, ""))):
                faults.append(f"{name}: {key} is {package.get(key)!r}")
        if package.get("filesAnalyzed") is not False:
            faults.append(f"{name}: filesAnalyzed must be false without packageVerificationCode")
        if package.get("SPDXID") in known:
            faults.append(f"{name}: {package['SPDXID']} is there twice")
        known.add(package.get("SPDXID"))
        for checksum in package.get("checksums", []):
            if checksum["algorithm"] != "SHA256" or not re.fullmatch(r"[0-9a-f]{64}", checksum["checksumValue"]):
                faults.append(f"{name}: checksum {checksum}")
    relations = found["relationships"]
    faults += [f"unknown element in {relation}" for relation in relations
               if not {relation["spdxElementId"], relation["relatedSpdxElement"]} <= known]
    related = {relation[key] for relation in relations for key in ("spdxElementId", "relatedSpdxElement")}
    return faults + [f"{name} has no relationship" for name in sorted(known - related)]


if __name__ == "__main__":
    program, version, out, page = sys.argv[1:]
    parts = collect(program)
    digest = hashlib.sha256(pathlib.Path(os.environ.get("STRIPPED", program)).read_bytes()).hexdigest()
    time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    found = document(version, digest, parts, time)
    if faults := problems(found):
        raise SystemExit("\n".join(faults))
    pathlib.Path(out).write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    pathlib.Path(page).write_text(notice(parts), encoding="utf-8")
    print(f"{out}: {len(found['packages'])} packages, {len(found['relationships'])} relationships")
