import { getContext, setContext } from "svelte";

const DOOR = Symbol("door");

/** Lets every way in on the stage know whether the door is closed to new people. */
export const provideDoor = (isClosed: () => boolean): void => void setContext(DOOR, isClosed);

export const useDoor = (): (() => boolean) => getContext<(() => boolean) | undefined>(DOOR) ?? (() => false);
