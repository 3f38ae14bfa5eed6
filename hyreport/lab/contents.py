"""How JupyterLab reads our notebooks: with the language of the kernel that will run them.

A source names no version of Python. JupyterLab would write it in on opening and call the notebook
changed, before anyone has changed it.
"""

from typing import Any

__all__ = ["make_contents"]


def make_contents() -> type:
    """Return the class by which JupyterLab reads files; it needs the packages of JupyterLab."""
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

    class Contents(AsyncLargeFileManager):
        async def get(self, *arguments: Any, **options: Any) -> dict[str, Any]:
            model = await super().get(*arguments, **options)
            if model["type"] == "notebook" and model["content"]:
                model["content"]["metadata"]["language_info"] = dict(IPythonKernel.language_info)
            return model

    return Contents
