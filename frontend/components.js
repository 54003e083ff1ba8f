// Small behaviours used by the templates in src/xinqiao/ui/templates/ui. Words come from the page (data-*), so
// they are translated with everything else.

export function themeToggle() {
  return {
    dark: document.documentElement.dataset.bsTheme === "dark",
    init() {
      addEventListener("xinqiao:theme", (event) => {
        this.dark = event.detail === "dark";
      });
    },
    toggle() {
      window.xinqiaoTheme.toggle();
    },
  };
}

export function copyCode() {
  return {
    said: "",
    async copy() {
      const code = this.$refs.code;
      try {
        await navigator.clipboard.writeText(code.textContent.trim());
        this.said = this.$root.dataset.copied;
      } catch {
        // No clipboard over plain http: select the text, so that one key press copies it.
        getSelection().selectAllChildren(code);
        this.said = this.$root.dataset.selected;
      }
    },
  };
}

const UNITS = ["B", "KB", "MB", "GB"];

function readable(bytes) {
  const step = bytes ? Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1) : 0;
  const amount = bytes / 1024 ** step;
  return `${amount.toFixed(step && amount < 10 ? 1 : 0)} ${UNITS[step]}`;
}

export function filePicker() {
  return {
    files: [],
    over: false,
    limit: 0,
    init() {
      this.limit = Number(this.$root.dataset.maxBytes) || Infinity;
      this.list();
    },
    list() {
      this.files = Array.from(this.$refs.input.files, (file, index) => ({
        key: index,
        name: file.name,
        size: readable(file.size),
        tooBig: file.size > this.limit,
      }));
    },
    // A file input's list is read-only; a DataTransfer is the way to hand it a new one.
    keep(files) {
      const transfer = new DataTransfer();
      files.forEach((file) => transfer.items.add(file));
      this.$refs.input.files = transfer.files;
      this.list();
    },
    remove(key) {
      this.keep(Array.from(this.$refs.input.files).filter((_, index) => index !== key));
      this.$refs.input.focus();
    },
    drop(event) {
      this.over = false;
      const added = Array.from(event.dataTransfer.files);
      this.keep(this.$refs.input.multiple ? [...this.$refs.input.files, ...added] : added.slice(0, 1));
    },
  };
}
