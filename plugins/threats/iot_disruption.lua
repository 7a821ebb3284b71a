-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/iot_disruption.lua -- devices that cannot be patched, taken or stopped.
--
-- Devices are attacked at a rate each; the part of them without support grows as
-- they age, and only these fall.  An outbreak among them stops the process they
-- serve, worse the more of them there are:
--   unsupported(t) = 1 - (1 - unsupported) e^(-ageing t)
--   loss_factor(t) = unsupported(t) / unsupported at the start

return riskwheel.threat {
  api = 1, name = "iot_disruption", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Attacks on devices of the process (IoT, OT): more of them lose support every year.",
  source = "attempts, unsupported, ageing: judgement (edge devices: 54 % of weaknesses fully fixed, "
    .. "DBIR 2025; devices live 10 to 15 years and are supported for less).",
  parameters = {
    attempts = { unit = "1/year", min = 0, doc = "attacks a year that reach the devices' network" },
    success = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 8 },
      doc = "chance that one succeeds against an unsupported device" },
    unsupported = { unit = "1", min = 0.01, max = 1,
      default = { dist = "beta", alpha = 4, beta = 6, floor = 0.01 },
      doc = "part of the devices without support, at the start" },
    ageing = { unit = "1/year", min = 0, max = 2, default = 0.1, doc = "rate at which the others lose it" },
  },

  cycle = function(t, p)
    local unsupported = 1 - (1 - p.unsupported) * vec.exp(-p.ageing * t.time)
    t.frequency = p.attempts
    t.susceptibility = vec.min(1, p.success * unsupported)
    t.loss_factor = unsupported / p.unsupported
  end,

  examples = {
    { doc = "half unsupported, and three quarters when the rest has halved", given = { time = 2 },
      parameters = { attempts = 3, success = 0.4, unsupported = 0.5, ageing = math.log(2) / 2 },
      expect = { frequency = 3, susceptibility = 0.3, loss_factor = 1.5 } },
  },
  monotone = { frequency = { attempts = 1 }, susceptibility = { success = 1, unsupported = 1, ageing = 1 },
    loss_factor = { unsupported = -1, ageing = 1 } },
}
