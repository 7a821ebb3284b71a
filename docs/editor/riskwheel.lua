---@meta
-- SPDX-License-Identifier: GPL-3.0-or-later
-- docs/editor/riskwheel.lua -- what a plugin sees, for editors that speak LuaLS: put
-- the folder of this file into "workspace.library" of .luarc.json. Nothing runs it.

---A number for each future of the block. Operators work element by element.
---@class vector
---@operator add(vector|number): vector
---@operator sub(vector|number): vector
---@operator mul(vector|number): vector
---@operator div(vector|number): vector
---@operator pow(vector|number): vector
---@operator unm: vector

---@alias value vector|number

---@class distribution
---@field dist string name of a family, as in a scenario; its parameters beside it
---@field floor? number
---@field cap? number

---@class parameter
---@field unit string such as "1/year", "year", "1"
---@field doc string
---@field min? number
---@field max? number
---@field default? number|distribution

---@class example
---@field doc string what it shows
---@field parameters? table<string, number>
---@field given? table<string, number> inputs of the call
---@field state? table<string, number> before the call
---@field draws? number[] uniforms that the draws get, in their order
---@field assets? table[] of a threat: { id = ..., value = ..., records = ... }
---@field candidates? table[] of a planner: { id = ..., benefit = ..., capital = ... }
---@field expect? table<string, number> results; of an asset "ID.RESULT"; of a planner, candidates' scores
---@field after? table<string, number> states after the call

---@class asset
---@field id string
---@field value number money, 0 if it is not stated
---@field records number 0 if it is not stated
---@field frequency value assign: attempts a year on it; the threat's if it is not
---@field susceptibility value assign: 0 to 1; the threat's if it is not

---@class threat
---@field assets asset[] in the scenario's order
---@field value number money, of all assets
---@field records number of all assets
---@field cycle integer 1, 2, ...
---@field years number length of a cycle
---@field time number years since the start, at the cycle's beginning
---@field frequency value assign: attempts a year on each asset, 0 to 1e6
---@field susceptibility value assign: 0 to 1; 1 if it is not
---@field loss_factor value assign: multiplies every loss; 1 if it is not
local threat = {}
---@return vector uniform between 0 and 1, one in each future
function threat:uniform() end
---@return vector standard normal
function threat:normal() end
---@param count value events expected
---@return vector 1 where at least one of them happens, else 0
function threat:happens(count) end
---@param mean value
---@return vector number of events
function threat:poisson(mean) end
---@param mean value
---@return vector
function threat:exponential(mean) end
---@param shape value
---@param scale value
---@return vector mean shape * scale
function threat:gamma(shape, scale) end
---@param alpha value
---@param beta value
---@return vector between 0 and 1
function threat:beta(alpha, beta) end
---@param mu value of its logarithm
---@param sigma value of its logarithm
---@return vector
function threat:lognormal(mu, sigma) end

---@class control
---@field cycle integer 1, 2, ...
---@field years number length of a cycle
---@field time number years since the start, at the cycle's beginning
---@field age vector years in operation at mid-cycle
---@field efficacy value assign: 0 to 1
local control = {}
---@return vector
function control:uniform() end
---@return vector
function control:normal() end
---@param count value
---@return vector
function control:happens(count) end
---@param mean value
---@return vector number of events
function control:poisson(mean) end
---@param mean value
---@return vector
function control:exponential(mean) end
---@param shape value
---@param scale value
---@return vector mean shape * scale
function control:gamma(shape, scale) end
---@param alpha value
---@param beta value
---@return vector between 0 and 1
function control:beta(alpha, beta) end
---@param mu value of its logarithm
---@param sigma value of its logarithm
---@return vector
function control:lognormal(mu, sigma) end

---@class candidate
---@field id string
---@field benefit vector believed reduction of loss, money a year, mean over all that is left
---@field capital value money
---@field running value money a year
---@field build_years number
---@field spread vector standard deviation of benefit that unsure rates leave
---@field pillar_covered vector share of its pillar's controls that are there or bought
---@field relief vector needs "appetite": what over falls by with it
---@field tail vector needs "tail": what it takes off the worst year in twenty, money a year
---@field score value assign: bought in descending order, never if <= 0

---@class plan
---@field cycle integer 1, 2, ...
---@field years number length of a cycle
---@field time number
---@field years_left number
---@field discount_rate number
---@field budget vector money at hand
---@field reserve vector more of it, for capital only
---@field over vector needs "appetite": believed over tolerated chance, the largest
---@field candidates candidate[]

---@class declaration
---@field api 1
---@field name string that of the file
---@field doc string
---@field version? string
---@field source? string where the defaults come from, or "judgement"
---@field license? string
---@field parameters? table<string, parameter>
---@field state? table<string, number> value before the first cycle
---@field examples? example[]
---@field monotone? table<string, table<string, 1|-1>>

---@class threat_declaration: declaration
---@field systemic? boolean one event hits every listed asset at once
---@field cycle fun(t: threat, p: table<string, vector>, state: table<string, value>)

---@class control_declaration: declaration
---@field cycle fun(c: control, p: table<string, vector>, state: table<string, value>)

---@class planner_declaration: declaration
---@field score fun(plan: plan, p: table<string, vector>)

riskwheel = {}
---@param d threat_declaration
function riskwheel.threat(d) end
---@param d control_declaration
function riskwheel.control(d) end
---@param d planner_declaration
function riskwheel.planner(d) end

vec = {}
---@param a value
---@return value
function vec.abs(a) end
---@param x value
---@param low value
---@param high value
---@return value
function vec.clamp(x, low, high) end
---@param list value[]
---@return value[] sums of the first, the first two, ...
function vec.cumsum(list) end
---@param a value
---@param b value
---@return value 1 where they are equal, else 0
function vec.eq(a, b) end
---@param a value
---@return value
function vec.exp(a) end
---@param a value
---@return value
function vec.floor(a) end
---@param a value
---@param b value
---@return value 1 where a >= b, else 0
function vec.ge(a, b) end
---@param a value
---@param b value
---@return value 1 where a > b, else 0
function vec.gt(a, b) end
---@param a value
---@param b value
---@return value 1 where a <= b, else 0
function vec.le(a, b) end
---@param a value
---@return value
function vec.log(a) end
---@param a value
---@param b value
---@return value 1 where a < b, else 0
function vec.lt(a, b) end
---@param a value
---@param ... value
---@return value largest in each future
function vec.max(a, ...) end
---@param a value
---@param ... value
---@return value smallest in each future
function vec.min(a, ...) end
---@param a value
---@param b value
---@return value 1 where they differ, else 0
function vec.ne(a, b) end
---@param index value 1, 2, ...
---@param list value[]
---@return value in each future the value of that number
function vec.pick(index, list) end
---@param a value
---@param b value
---@return value
function vec.pow(a, b) end
---@param a value
---@return value
function vec.sqrt(a) end
---@param list value[]
---@return value
function vec.sum(list) end
---@param mask value
---@param a value
---@param b value
---@return value a where the mask is not 0, else b
function vec.where(mask, a, b) end
