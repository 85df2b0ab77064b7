import { ESLintUtils } from '@typescript-eslint/utils';
import tseslint from 'typescript-eslint';

/** `<` between two decimals compares their text (10 < 9 is true) and `===` their identity. */
const noDecimalOperators = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { use: 'Use isLess, isEqual or isPositive: `{{op}}` ignores the value.' },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const isDecimal = (node) => {
      const type = services.getTypeAtLocation(node);
      return (type.types ?? [type]).some(({ symbol }) => /^(Measure|Decimal)$/.test(symbol?.name));
    };
    return {
      'BinaryExpression[operator=/^([<>]=?|[!=]==?)$/]'(node) {
        if (!isDecimal(node.left) || !isDecimal(node.right)) return;
        context.report({ node, messageId: 'use', data: { op: node.operator } });
      },
    };
  },
};

const decimalImport = {
  name: 'decimal.js',
  message: 'Only subgraphs/shared/units.ts constructs decimals; use its readers and operations.',
};

export default tseslint.config(
  { ignores: ['**/dist/', 'prisma/generated/', '.data/', '.tmp/', '**/*.mjs', '**/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { margin: { rules: { 'no-decimal-operators': noDecimalOperators } } },
    rules: {
      'margin/no-decimal-operators': 'error',
      'no-restricted-imports': ['error', { paths: [decimalImport] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only main files read the environment.' },
      ],
      // Template text of numbers is exact and readable; only objects make no sense there.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An arrow that returns the void of its one call is shorter and loses nothing.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['subgraphs/shared/units.ts', 'test/bench/scenario/decimalBaseline.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Typed arrays are read within bounds that the loops around them state.
    files: [
      'subgraphs/shared/pricing/**',
      'subgraphs/margin/domain/{risk,scenario,sensitivity,delta}/**',
      'test/bench/**',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/main.ts', '*.config.ts', 'test/**', 'prisma/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
);
