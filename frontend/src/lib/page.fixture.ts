/** What a component needs of a page and happy-dom lacks: fonts, of which none ever comes. */
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
