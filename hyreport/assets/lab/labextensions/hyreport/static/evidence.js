"use strict";
// A number in the text of a notebook, such as [8.5%](#gdp.growth.2017), opens its evidence beside it:
// its row on the page of all figures of the report. A notebook that brings its evidence along, as
// those that are handed out do, leads to it there. JupyterLab itself would look for the anchor in
// all notebooks that are open, and do nothing where it finds none.
(() => {
  const NAME = /^([a-z0-9-]+:)?(result:|reference:)?[a-z0-9]\w*(\.[\w-]+)*$/;
  // The cell that such a notebook ends with, which may not be drawn yet.
  const NOTES = "evidence-of-all";
  const lead = async (notebook, notes, row) => {
    if (!notes.node.querySelector(row)) {
      await notebook.scrollToCell(notes, "start");
      await notes.ready;
    }
    // What is drawn on the way there, charts among it, moves the row again.
    for (let frames = 40; frames; frames -= 1) {
      (notes.node.querySelector(row) ?? notes.node).scrollIntoView();
      await new Promise(requestAnimationFrame);
    }
  };
  let shared;
  let widget;

  // The report that the parameters of a notebook name.
  const findReport = (notebook) => {
    const sources = notebook.content.widgets.map((cell) => cell.model.sharedModel.getSource());
    const found = sources.map((text) => /^report_id = "([\w.-]+)"/m.exec(text)).find(Boolean);
    return found && found[1];
  };

  const show = async (app, notebook, address) => {
    if (!widget || widget.isDisposed) {
      const [lumino] = Object.values(shared["@lumino/widgets"]);
      const { Widget } = (await lumino.get())();
      widget = new Widget({ node: document.createElement("iframe") });
      widget.id = "hyreport-evidence";
      widget.title.label = "Evidence";
      widget.title.closable = true;
      widget.node.title = "Evidence";
      widget.node.style.border = "0";
      app.shell.add(widget, "main", { mode: "split-right", ref: notebook.id, activate: false });
    }
    widget.node.src = address;
    app.shell.activateById(widget.id);
  };

  const follow = (app, event) => {
    const link = event.target.closest?.(".jp-Notebook a[href^='#']");
    const name = link && decodeURIComponent(link.hash.slice(1));
    const notebook = [...app.shell.widgets("main")].find((one) => one.node.contains(link));
    if (!name || !NAME.test(name) || !notebook?.content?.widgets) {
      return;
    }
    const notes = notebook.content.widgets.find((cell) => cell.model.id === NOTES);
    const [, named, rest] = /^(?!result:|reference:)([a-z0-9-]+):(.*)$/.exec(name) ?? [];
    const report = named ?? findReport(notebook);
    if (!notes && !report) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (notes) {
      lead(notebook.content, notes, `[data-jupyter-id="${CSS.escape(name)}"]`);
    } else {
      const page = `custom/${encodeURIComponent(report)}/figures.html`;
      const { baseUrl } = app.serviceManager.serverSettings;
      show(app, notebook, `${baseUrl}${page}#${encodeURIComponent(rest ?? name)}`);
    }
  };

  const plugin = {
    id: "hyreport:evidence",
    description: "Numbers in the text of a notebook lead to their evidence",
    autoStart: true,
    activate: (app) => document.addEventListener("click", (event) => follow(app, event), true),
  };
  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.hyreport = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => () => plugin,
  };
})();
