/** The worst of a grid of scenarios (to be built by the owner of the engine). */

export interface ScanComponent {
  readonly kind: 'SCAN';
}
