"""Quantiles of normal(m, 0.5) truncated to -2 to 2, where m is normal(2, 20), by quadrature with SciPy 1.17.

    python3 uncertain_truncation.py
"""
import numpy as np
from scipy import integrate, optimize
from scipy.special import log_ndtr
from scipy.stats import norm
def cdf_given(x,m,s=0.5,lo=-2,hi=2):
    a,b,t=(lo-m)/s,(hi-m)/s,(x-m)/s
    # in the tail where all are on one side, by logs
    if a>0: a,b,t,flip=-b,-a,-t,True
    else: flip=False
    ld=lambda u,v: (log_ndtr(v)+np.log1p(-np.exp(log_ndtr(u)-log_ndtr(v)))) if v>u else -np.inf
    r=np.exp(ld(a,t)-ld(a,b)) if t>a else 0.0
    return 1-r if flip else r
def cdf(x):
    f=lambda m: cdf_given(x,m)*norm.pdf(m,2,20)
    return sum(integrate.quad(f,p,q,epsabs=1e-11,limit=400)[0] for p,q in [(-200,-20),(-20,-2),(-2,2),(2,20),(20,204)])
for p in (0.05,0.25,0.4,0.5,0.6,0.75,0.95):
    print(p, f"{optimize.brentq(lambda x: cdf(x)-p,-2+1e-12,2-1e-12,xtol=1e-10):.7f}")
