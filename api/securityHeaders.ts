import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiDeps } from './deps.ts';

/** What the console never asks a browser for; so nothing that got into a page can ask either. */
const UNUSED = [
  ...['accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'fullscreen'],
  ...['geolocation', 'gyroscope', 'hid', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi'],
  ...['payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock'],
  ...['serial', 'usb', 'xr-spatial-tracking'],
];
const YEAR_SECONDS = 365 * 86_400;

/** The headers every answer has, of the API and of the console alike; a route may say more strictly what is cached. */
export function securityHeaders({ config }: Pick<ApiDeps, 'config'>): RequestHandler {
  const permissions = UNUSED.map((feature) => `${feature}=()`).join(', ');
  const common = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        // antd writes its styles into the page.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // A browser heeds it over TLS alone, which production mode stands behind.
    strictTransportSecurity: config.production && { maxAge: YEAR_SECONDS, includeSubDomains: false },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  return (request, response, next) => {
    response.set('Permissions-Policy', permissions);
    common(request, response, next);
  };
}
