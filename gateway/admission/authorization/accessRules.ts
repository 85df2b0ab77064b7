/**
 * Which fields and types need a token, scopes or policies, as a supergraph says with
 * `@authenticated`, `@requiresScopes` and `@policy`, whatever it calls them.
 */

import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { featureDirectives } from '../../planning/featureDirectives.js';
import type { Caller } from '../caller.js';

/** All three must be met. */
export interface Requirement {
  readonly needsToken: boolean;
  /** Every scope of one of the lists; none are needed where there is no list. */
  readonly scopes: readonly (readonly string[])[];
  /** Every policy of one of the lists; none are needed where there is no list. */
  readonly policies: readonly (readonly string[])[];
}

/** What one caller may read. */
export interface AccessView {
  /** Callers with the same key may read the same. */
  readonly key: string;
  /** Whether the caller has no token at all. */
  readonly isAnonymous: boolean;
  /** What is needed for `Type` or `Type.field` and not met; undefined where it may be read. */
  denies(coordinates: string): Requirement | undefined;
}

/** The policies that hold for a caller. */
export type Policies = (caller: Caller) => ReadonlySet<string>;

export const READS_ALL: AccessView = { key: '', isAnonymous: false, denies: () => undefined };

const NO_POLICIES: Policies = () => new Set();

export class AccessRules {
  readonly #policies: Policies;
  /** Requirements by their text, so that each is judged once for a caller. */
  readonly #requirements = new Map<string, Requirement>();
  readonly #byCoordinates = new Map<string, Requirement>();
  readonly #views = new WeakMap<Caller, AccessView>();

  constructor(supergraph: DocumentNode, policies: Policies = NO_POLICIES) {
    this.#policies = policies;
    const read = requirementReader(supergraph);
    const take = (coordinates: string, directives: readonly ConstDirectiveNode[] | undefined) => {
      const requirement = read(directives ?? []);
      if (!requirement) return;
      const text = JSON.stringify(requirement);
      const known = this.#requirements.get(text) ?? requirement;
      this.#requirements.set(text, known);
      this.#byCoordinates.set(coordinates, known);
    };
    for (const definition of supergraph.definitions) {
      switch (definition.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION:
          for (const { name, directives } of definition.fields ?? []) {
            take(`${definition.name.value}.${name.value}`, directives);
          }
          take(definition.name.value, definition.directives);
          break;
        case Kind.ENUM_TYPE_DEFINITION:
        case Kind.SCALAR_TYPE_DEFINITION:
          take(definition.name.value, definition.directives);
          break;
      }
    }
  }

  viewOf(caller: Caller): AccessView {
    if (this.#requirements.size === 0) return READS_ALL;
    const known = this.#views.get(caller);
    if (known) return known;
    const view = this.#judge(caller);
    this.#views.set(caller, view);
    return view;
  }

  #judge(caller: Caller): AccessView {
    const policies = this.#policies(caller);
    const unmet = new Set(
      [...this.#requirements.values()].filter((one) => !isMet(one, caller, policies)),
    );
    if (unmet.size === 0) return READS_ALL;
    const bits = [...this.#requirements.values()].map((one) => (unmet.has(one) ? '0' : '1'));
    const isAnonymous = caller.subject === null;
    return {
      key: `${isAnonymous ? 'nobody' : 'somebody'} ${bits.join('')}`,
      isAnonymous,
      denies: (coordinates) => {
        const requirement = this.#byCoordinates.get(coordinates);
        return requirement && unmet.has(requirement) ? requirement : undefined;
      },
    };
  }
}

const isMet = (
  { needsToken, scopes, policies }: Requirement,
  caller: Caller,
  granted: ReadonlySet<string>,
) =>
  (!needsToken || caller.subject !== null) &&
  holdsOne(scopes, caller.scopes) &&
  holdsOne(policies, granted);

const holdsOne = (alternatives: Requirement['scopes'], held: ReadonlySet<string>) =>
  alternatives.length === 0 || alternatives.some((all) => all.every((one) => held.has(one)));

function requirementReader(
  supergraph: DocumentNode,
): (directives: readonly ConstDirectiveNode[]) => Requirement | undefined {
  const named = featureDirectives(supergraph);
  const authenticated = named('authenticated', 'authenticated');
  const requiresScopes = named('requiresScopes', 'requiresScopes');
  const policy = named('policy', 'policy');
  return (directives) => {
    const of = (name: string | undefined) => directives.find((one) => one.name.value === name);
    const scopes = alternativesOf(of(requiresScopes), 'scopes');
    const policies = alternativesOf(of(policy), 'policies');
    const needsToken = of(authenticated) !== undefined || scopes.length > 0;
    if (!needsToken && policies.length === 0) return undefined;
    return { needsToken, scopes, policies };
  };
}

/** `[["a", "b"], ["c"]]`; a directive that says nothing readable is met by nobody. */
function alternativesOf(
  directive: ConstDirectiveNode | undefined,
  called: string,
): readonly (readonly string[])[] {
  if (!directive) return [];
  const given = directive.arguments?.find(({ name }) => name.value === called);
  const value = given && valueFromASTUntyped(given.value);
  return Array.isArray(value) && value.length > 0
    ? value.map((all) => [all].flat().map(String))
    : [[UNATTAINABLE]];
}

/** No scope and no policy has a space in it. */
const UNATTAINABLE = 'nobody has this';
