-- expect: attempt to call a nil value (global 'setmetatable')
return riskwheel.threat { api = 1, name = "env_games", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    _ENV = setmetatable({}, { __index = _ENV })
    setmetatable(_ENV, {})
    setmetatable(_ENV.riskwheel and _ENV, nil)
  end,
}
