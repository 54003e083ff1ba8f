"""The process that reads the words of one file. Prints them and how it went, as JSON.

Started by `reading` with one argument: the file, its kind, and the limits it sets itself before anything is opened.
"""

import json
import os
import sys
from pathlib import Path

from xinqiao.evidence.checking_process import limit_itself
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.inside.words import WithoutProgram, words_in


def main(argument: str) -> int:
    request = json.loads(argument)
    limit_itself(request)
    try:
        words = words_in(Path(request["path"]), Kind(request["kind"]))
        said = {"without_program": False, "words": words}
    except WithoutProgram:
        said = {"without_program": True, "words": None}
    except (MemoryError, RecursionError):
        os.abort()  # said to whom waits by the signal, as when a library ends the process itself
    except Exception:
        return 1
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
