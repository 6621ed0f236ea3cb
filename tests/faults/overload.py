"""Ten times more clients than the server takes: it sheds them with 503 and Retry-After, keeps its memory, and recovers."""
import time

import kill
from stage import stage_on

WANTED = 3
LIMITS = ("--max-requests", "32")


def play(database: str, rounds: int, seed: int) -> str:
    with stage_on(database, "overload", arguments=LIMITS, settings={"labels_per_task": WANTED}) as stage:
        stage.more_tasks(6_000)
        calm = stage.load(16)
        time.sleep(1.5)
        calm.stop()
        before_mb = stage.server.memory_mb()
        crowd = stage.load(1_000, prefix="o")
        try:
            time.sleep(4)
            peak_mb = stage.server.peak_memory_mb()
            figures = crowd.stop()
        finally:
            crowd.kill()
        shed = sum(count for name, count in figures["answers"].items() if " 503" in name)
        wrong = [name for name in figures["answers"] if name.split()[1][0] == "5" and name.split()[1:] != ["503", "overloaded"]]
        assert shed > 0, f"nobody was shed: {figures['answers']}"
        assert figures["retry_after_missing"] == 0, f"{figures['retry_after_missing']} answers 503 had no Retry-After"
        assert not wrong, f"clients were told {wrong}"
        assert figures["submits"] > 0, "an overloaded server must still work"
        assert peak_mb < before_mb + 200, f"memory grew from {before_mb:.0f} to {peak_mb:.0f} MB"
        said = f"1,000 clients on room for 32: {shed} shed, memory {before_mb:.0f} → {peak_mb:.0f} MB"
        return kill.prove_all(stage, said)
