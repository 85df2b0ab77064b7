/**
 * One place in a venue's response, read as what it should be.
 *
 * Every read either gives a value of that kind or throws a Refusal that names this place, so a parser
 * is written as if responses were always right.
 */

import { isLess, price, quantity, ratio } from '../../shared/units.js';
import type { Measure, Price, Quantity, Ratio } from '../../shared/units.js';
import { JsonNumber, type ExactJson, type JsonObject } from './exactJson.js';
import { plainDecimal } from './plainDecimal.js';
import { Refusal } from './refusal.js';

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
const INTEGER = /^\d{1,17}$/;
const SHOWN_LENGTH = 60;

/** Instants that a venue of today can mean; anything else is a wrong unit or a wrong field. */
const EARLIEST = Date.UTC(2015, 0);
const LATEST = Date.UTC(3001, 0);

export class ResponseNode {
  constructor(
    private readonly venue: string,
    readonly path: string,
    private readonly value: ExactJson | undefined,
  ) {}

  /** Absent, null or empty text: how venues say that something does not apply. */
  get isBlank(): boolean {
    return this.value === undefined || this.value === null || this.value === '';
  }

  /** Present and empty text: how a venue says that a figure does not apply, as opposed to drift. */
  get isEmptyText(): boolean {
    return this.value === '';
  }

  /** To be thrown: this place cannot be used, for this reason. */
  refusal(reason: string): Refusal {
    return new Refusal(this.venue, this.path, reason);
  }

  field(name: string): ResponseNode {
    if (!isObject(this.value)) throw this.unexpected('an object');
    return new ResponseNode(this.venue, `${this.path}.${name}`, this.value.get(name));
  }

  items(): readonly ResponseNode[] {
    if (!isArray(this.value)) throw this.unexpected('a list');
    return this.value.map((item, i) => new ResponseNode(this.venue, `${this.path}[${i}]`, item));
  }

  /** Text that is not empty. */
  text(): string {
    if (typeof this.value !== 'string' || this.value === '') throw this.unexpected('text');
    return this.value;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.unexpected('true or false');
    return this.value;
  }

  /** Text or a number exactly as it was sent, for showing and comparing identifiers. */
  source(): string {
    return this.value instanceof JsonNumber ? this.value.source : this.text();
  }

  oneOf<Value extends string>(values: readonly Value[]): Value {
    const text = this.text();
    const found = values.find((value) => value === text);
    if (!found) {
      throw this.refusal(`${shown(text)} is not known here; known are ${values.join(', ')}`);
    }
    return found;
  }

  quantity = (): Quantity => this.decimal(quantity);
  price = (): Price => this.decimal(price);
  ratio = (): Ratio => this.decimal(ratio);

  /** A price that can be divided by. */
  positivePrice(): Price {
    const value = this.price();
    if (!isLess(price('0'), value)) throw this.refusal(`${this.source()} is not above zero`);
    return value;
  }

  /** A price that may be zero, such as the mark of a worthless option. */
  optionPrice(): Price {
    const value = this.price();
    if (isLess(value, price('0'))) throw this.refusal(`${this.source()} is below zero`);
    return value;
  }

  /** A requirement or a size without sign. */
  nonNegativeQuantity(): Quantity {
    const value = this.quantity();
    if (isLess(value, quantity('0'))) throw this.refusal(`${this.source()} is below zero`);
    return value;
  }

  /** What one contract stands for. */
  positiveQuantity(): Quantity {
    const value = this.quantity();
    if (!isLess(quantity('0'), value)) throw this.refusal(`${this.source()} is not above zero`);
    return value;
  }

  /** Milliseconds since 1970, as a number or as text. */
  instantMs = (): Date => this.instant(1, 'milliseconds');
  /** Microseconds since 1970, cut to milliseconds. */
  instantUs = (): Date => this.instant(1000, 'microseconds');

  private instant(perMs: number, unit: string): Date {
    const source = this.number();
    const at = INTEGER.test(source) ? Math.floor(Number(source) / perMs) : NaN;
    if (!(at >= EARLIEST && at < LATEST)) {
      throw this.refusal(`${source} is no time in ${unit} since 1970`);
    }
    return new Date(at);
  }

  private decimal<Unit extends string>(read: (text: string) => Measure<Unit>): Measure<Unit> {
    const source = this.number();
    const plain = plainDecimal(source);
    if (plain !== null) return read(plain);
    throw this.refusal(
      `${source} cannot be carried exactly: at most 20 digits before and 18 after the point`,
    );
  }

  private number(): string {
    if (this.value instanceof JsonNumber) return this.value.source;
    if (typeof this.value !== 'string' || this.value === '') throw this.unexpected('a number');
    if (!PLAIN_NUMBER.test(this.value)) {
      throw this.refusal(`${shown(this.value)} is not a plain decimal such as "-12.5"`);
    }
    return this.value;
  }

  private unexpected(expected: string): Refusal {
    const { value } = this;
    if (value === undefined) return this.refusal(`missing; expected ${expected}`);
    return this.refusal(`${kindOf(value)} where ${expected} is expected`);
  }
}

const isArray = (value: ExactJson | undefined): value is readonly ExactJson[] =>
  Array.isArray(value);

const isObject = (value: ExactJson | undefined): value is JsonObject => value instanceof Map;

function kindOf(value: ExactJson): string {
  if (value === null) return 'null';
  if (value === '') return 'empty text';
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return value instanceof JsonNumber ? `the number ${value.source}` : shown(value);
}

const shown = (value: string | boolean) => JSON.stringify(value).slice(0, SHOWN_LENGTH);
