// A real OpenID provider as a process of its own: reads its settings from argv, says where it listens, ends with its parent.
import Provider from 'oidc-provider';

type Person = Readonly<Record<string, unknown>>;
const { port, client, people } = JSON.parse(process.argv[2] ?? '{}') as {
  port: number;
  client: { id: string; secret: string; redirectUris: string[]; back: string[] };
  people: Readonly<Record<string, Person>>;
};

const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: client.redirectUris,
      post_logout_redirect_uris: client.back,
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  claims: {
    openid: ['sub'],
    profile: ['name', 'preferred_username', 'employee_number'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  scopes: ['openid', 'profile', 'email', 'groups'],
  // Any password is good: who one is, is what is typed.
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
});
const server = provider.listen(port, '127.0.0.1', () => process.send?.('ready'));
process.on('disconnect', () => server.close(() => process.exit(0)));
