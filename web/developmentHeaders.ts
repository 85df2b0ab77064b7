/** What a gateway in development gives its own page to ask with; nothing in production. */

export async function developmentHeaders(): Promise<Record<string, string>> {
  const response = await fetch('/development-token', {
    headers: { 'graphql-require-preflight': '1' },
  });
  if (!response.ok) return {};
  const { token } = (await response.json()) as { token: string };
  return { authorization: `Bearer ${token}` };
}
