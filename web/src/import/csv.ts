// CSV as RFC 4180 has it, in pieces: quoted cells may hold commas, quotes and line breaks.
export class CsvReader {
  private row: string[] = [];
  private cell = "";
  private isQuoted = false;
  private wasQuote = false;

  constructor(private readonly separator = ",") {}

  /** The rows that are complete with this piece. */
  push(text: string): string[][] {
    const rows: string[][] = [];
    for (const c of text) {
      if (this.isQuoted && !this.wasQuote) {
        if (c === '"') this.wasQuote = true;
        else this.cell += c;
      } else if (this.wasQuote && c === '"') {
        this.cell += c;
        this.wasQuote = false;
      } else {
        if (this.wasQuote) this.isQuoted = this.wasQuote = false;
        this.plain(c, rows);
      }
    }
    return rows;
  }

  /** The last row, when no line break ends it. */
  end(): string[][] {
    if (this.row.length === 0 && this.cell === "") return [];
    return [this.endRow()];
  }

  private plain(c: string, rows: string[][]): void {
    if (c === '"' && this.cell === "") this.isQuoted = true;
    else if (c === this.separator) this.endCell();
    else if (c === "\n") {
      if (this.row.length > 0 || this.cell !== "") rows.push(this.endRow());
    } else if (c !== "\r") this.cell += c;
  }

  private endCell(): void {
    this.row.push(this.cell);
    this.cell = "";
  }

  private endRow(): string[] {
    this.endCell();
    this.isQuoted = this.wasQuote = false;
    const { row } = this;
    this.row = [];
    return row;
  }
}
