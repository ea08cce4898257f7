"""What the desk asks itself at its start is there to be asked."""

import pytest

from pipeline.web.desk.warming import ASKED


@pytest.mark.parametrize(("path", "query"), ASKED)
def test_what_the_desk_asks_itself_is_answered(client, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert 'role="alert"' not in answer.text
