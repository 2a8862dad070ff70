"""What `import` concludes about impact classes reaches the records that it writes, and the linter has nothing against
it; the rules themselves are tested in `tests/enrich/test_classify.py`.
"""

import json
import shutil
from pathlib import Path

from postmortem.model import record as records
from postmortem.model.record import Record
from postmortem.yamldoc.loader import read
from tests.command import AS_OF, ROOT, run


def incident(id_: str, name: str) -> dict[str, object]:
    at = "2026-02-03T10:00:00.000Z"
    update = {"id": f"{id_}-u", "status": "investigating", "body": "We look into it.", "incident_id": id_}
    times = {"created_at": at, "updated_at": at}
    whole = {"id": id_, "name": name, "status": "investigating", "impact": "minor", "started_at": at, "page_id": "p"}
    part = {"id": "c1", "name": "claude.ai", "status": "operational", "group": False, **times}
    return whole | times | {"incident_updates": [update | times | {"display_at": at}], "components": [part]}


def imported(folder: Path, *incidents: dict[str, object]) -> dict[str, Record]:
    shutil.copy(ROOT / "postmortem.yml", folder)
    page = {"page": {"id": "p", "name": "Page", "url": "https://status.example.com"}, "incidents": incidents}
    (folder / "incidents.json").write_text(json.dumps(page), encoding="utf-8")
    run("import", "statuspage", "incidents.json", "--as-of", AS_OF, cwd=folder)
    run("lint", "--as-of", AS_OF, cwd=folder)
    documents = (read(path.read_bytes(), path.name)[0] for path in sorted((folder / "incidents").rglob("*.yaml")))
    made = [records.read(each.data) for each in documents if each is not None]
    return {each.tracking[0].incident: each for each in made}


def test_a_class_that_a_rule_vouches_for_is_inferred_and_the_others_stay_unknown(tmp_path: Path) -> None:
    impact = imported(tmp_path, incident("abcdefgh1234", "Elevated errors on Opus 9.1"))["abcdefgh1234"].impact
    assert impact.model_degradation.state == "affected"
    assert impact.model_degradation.confidence == "inferred"
    assert impact.model_degradation.services == ("claude-ai",)
    assert impact.model_degradation.evidence == ("anthropic-status",)
    assert {impact.application_failure.state, impact.authentication.state, impact.data_access.state} == {"unknown"}


def test_where_no_rule_speaks_every_class_stays_unknown(tmp_path: Path) -> None:
    impact = imported(tmp_path, incident("abcdefgh1234", "Elevated errors on the API"))["abcdefgh1234"].impact
    states = {impact.model_degradation.state, impact.application_failure.state, impact.authentication.state}
    assert states | {impact.data_access.state} == {"unknown"}
