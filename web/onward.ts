import { useLocation, useNavigate } from 'react-router';

/** Goes on to another page once an act was taken, unless its person has gone elsewhere meanwhile. */
export function useOnward(): (to: string) => void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (to) => {
    if (window.location.pathname === pathname) navigate(to);
  };
}
