#!/usr/bin/env python3
"""Checks a line of every event type with python3-jsonschema: against newsd's schema (in which item is ninjs 3.1), against CloudEvents 1.0, and against
the contract newsd was built to where that is at hand; then that every broken line of broken.json is refused. Needs no network.
usage: validate.py EVENT_LINES_PROGRAM [STANDARDS_DIR]"""
from __future__ import annotations

import copy
import datetime
import json
import pathlib
import re
import subprocess
import sys
import warnings

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
NINJS = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
GEOJSON = "https://geojson.org/schema/GeoJSON.json"
formats = jsonschema.FormatChecker(formats=[])  # none of the library's own: which of them exist depends on what is installed


@formats.checks("date-time")
def is_date_time(value) -> bool:
    """RFC 3339, and a day that exists."""
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
        return False
    try:
        datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return False
    return True


@formats.checks("uri")
def is_uri(value) -> bool:
    """RFC 3986: a scheme, then only what may stand in a URI."""
    if not isinstance(value, str):
        return True
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", value))


def load(path: pathlib.Path):
    return json.loads(path.read_text("utf-8"))


def validator(schema: dict, others: dict):
    """A validator of `schema` that finds `others` ({uri: schema}) without a network, with old and new releases of the library."""
    cls = jsonschema.validators.validator_for(schema)
    try:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012
        registry = Registry().with_resources(
            (uri, Resource.from_contents(s, default_specification=DRAFT202012)) for uri, s in others.items())
        return cls(schema, registry=registry, format_checker=formats)
    except ImportError:
        warnings.simplefilter("ignore", DeprecationWarning)
        return cls(schema, resolver=jsonschema.RefResolver.from_schema(schema, store=others), format_checker=formats)


def change(line: dict, pointers: dict | list, remove: bool) -> None:
    """Sets or removes what a JSON pointer names. What is to be removed must be there."""
    for pointer in pointers:
        *parents, last = (int(p) if p.isdigit() else p for p in pointer.split("/")[1:])
        at = line
        for parent in parents:
            at = at[parent]
        if remove:
            del at[last]
        else:
            at[last] = pointers[pointer]


def complain(what: str, check, line: dict) -> list[str]:
    return [f"{what}: {e.json_path}: {e.message[:300]}" for e in check.iter_errors(line)]


def main(program: str, standards: pathlib.Path | None) -> int:
    def standard(name):
        return load(standards / name) if standards and (standards / name).is_file() else None
    said = subprocess.run([program], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    lines = [json.loads(text) for text in said.splitlines()]
    schema = json.loads(subprocess.run([program, "--schema"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8"))

    ninjs, geojson = standard("ninjs-schema_3.1.json"), standard("GeoJSON-schema.json")
    others = {NINJS: ninjs or load(HERE / "ninjs-subset.schema.json"), **({GEOJSON: geojson} if geojson else {})}
    ours = validator(schema, others)
    checks = {"newsd": ours}
    if (cloudevents := standard("cloudevents.json")) is not None:
        checks["CloudEvents 1.0"] = validator(cloudevents, {})
    if ninjs and (contract := standard("newsd-event-1.json")) is not None:
        checks["the contract"] = validator(contract, others)

    faults = []
    jsonschema.validators.validator_for(schema).check_schema(schema)
    for n, line in enumerate(lines, 1):
        for name, check in checks.items():
            faults += [f"line {n} ({line.get('type')}): {f}" for f in complain(name, check, line)]
        faults += [f"line {n}: attribute name {k}" for k in line if not re.fullmatch("[a-z0-9]{1,20}", k)]
    missing = set(schema["properties"]["type"]["enum"]) - {line["type"] for line in lines}
    faults += [f"no line of type {t}" for t in sorted(missing)]

    broken = load(HERE / "broken.json")
    for case in broken:
        line = copy.deepcopy(next(x for x in lines if x["type"] == case["type"]))
        change(line, case.get("set", {}), remove=False)
        change(line, case.get("remove", []), remove=True)
        if ours.is_valid(line):
            faults.append(f"not refused: {case['what']}")

    print("\n".join(faults))
    print(f"jsonschema: {len(lines)} lines of {len({x['type'] for x in lines})} types against {', '.join(checks)}; "
          f"ninjs 3.1 {'by the standard' if ninjs else 'by our subset: the standard is not at hand'}; "
          f"{'CloudEvents 1.0 NOT checked; ' if cloudevents is None else ''}"
          f"{len(broken)} broken lines; {len(faults)} faults")
    return 1 if faults or not lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None))
