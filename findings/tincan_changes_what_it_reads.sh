#!/usr/bin/env bash
# tincan 1.0.0 (the Python client for xAPI): a statement that is read and written again is another statement.
#
# - result.duration "P1Y2M" comes back as "P425DT00H00M00S": a calendar length has become a fixed one. A learning record
#   store that holds the first refuses the second as a conflict under the same id.
# - result.success "false", a text as some authoring tools write it, becomes true, and so does completion "no".
# - a timestamp in the zone "-00:00" and a registration in capital letters raise ValueError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tincan==1.0.0
"$folder/env/bin/python" - <<'PY'
import json

from tincan import Statement


def again(**parts):
    return json.loads(Statement.from_json(json.dumps(parts)).to_json())


def refused(**parts):
    try:
        again(**parts)
    except ValueError:
        return True
    return False


duration = again(result={"duration": "P1Y2M"})["result"]["duration"]
texts = again(result={"success": "false", "completion": "no"})["result"]
zone = refused(timestamp="2026-11-22T14:05:30-00:00")
capitals = refused(context={"registration": "9C612B8D-1111-4222-8333-444455556666"})
print(f"tincan 1.0.0: P1Y2M -> {duration}; success 'false', completion 'no' -> {texts}; -00:00 refused: {zone}; "
      f"capitals refused: {capitals}")
assert duration == "P425DT00H00M00S", "the behaviour has changed"
assert texts == {"success": True, "completion": True} and zone and capitals, "the behaviour has changed"
print("as found: failed has become passed")
PY
