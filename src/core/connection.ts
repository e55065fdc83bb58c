/** Whether a download may begin without being asked for. Not all browsers tell what network they are on. */

/** The part of the Network Information API that says so. */
export interface Connection {
  saveData?: boolean;
  type?: string;
  effectiveType?: string;
}

/** The visitor asked for little traffic, or is on a network that is often paid by the byte. */
export function isMetered(connection: Connection | undefined): boolean {
  return connection?.saveData === true || connection?.type === 'cellular';
}
