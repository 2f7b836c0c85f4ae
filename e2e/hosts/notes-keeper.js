/** A host page whose notes no field shows: it keeps them itself, and hands the widget an adapter. */

const keeper = {
  text: "Tea, no milk. 🌸",
  isBroken: false, // what its adapter is asked for fails
  keeps: Infinity, // how many characters it lets in
  /** @type {[number, number, string][]} */
  saved: [], // what it was told to write
};

const element = /** @type {import("../../web/element.js").ZoomMeeting} */ (document.querySelector("zoom-meeting"));
element.notesAdapter = {
  read: () => keeper.text,
  async replace(start, end, text) {
    await new Promise((resolve) => setTimeout(resolve, 20)); // it asks its server
    if (keeper.isBroken) throw new Error("the keeper is out: s3cr3t");
    keeper.saved.push([start, end, text]);
    keeper.text = keeper.text.slice(0, start) + text.slice(0, keeper.keeps) + keeper.text.slice(end);
  },
};

window.keeper = keeper;
