"""Run in each kernel as it starts: writes down every file of the project that it opens.

Modules of the library are such files too. It stands alone, since what it imported would not be
seen; it leaves no name behind.
"""


def _record_what_is_opened() -> None:
    import os
    import sys

    target, *folders = os.environ.pop("HYREPORT_OPENED", "").split(os.pathsep)
    if not folders:
        return
    roots = tuple(os.path.realpath(folder) + os.sep for folder in folders)
    seen = set()
    opened = open(target, "wb", buffering=0)  # noqa: SIM115, PTH123

    def hook(event: str, arguments: tuple) -> None:
        if event != "open" or not isinstance(arguments[0], str | os.PathLike):
            return
        if arguments[0] in seen:
            return
        seen.add(arguments[0])
        path = os.path.realpath(arguments[0])
        if path.startswith(roots):
            opened.write(os.fsencode(f"{path}\n"))

    sys.addaudithook(hook)


_record_what_is_opened()
del _record_what_is_opened
