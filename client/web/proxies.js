/** How known proxies are told to pass `Upgrade` on: what their answers say in `Server` or `Via`, and the setting. */
const UPGRADE = [
  [/nginx|openresty/i, 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade, Connection upgrade'],
  [/apache/i, 'ProxyPass … upgrade=websocket'],
  [/lighttpd/i, 'proxy.header = ("upgrade" => "enable")'],
  [/varnish/i, 'return (pipe)'],
];

/** The setting by which the proxy that names itself `by` passes `Upgrade` on, or undefined if it is not known. */
export function upgradeSetting(by) {
  return UPGRADE.find(([name]) => name.test(by ?? ''))?.[1];
}
