// Every kernel, as functions of the file that includes this, and the list of them. Included once by each path's file,
// which sets LC_KERNELS to the name of its list.

// A product and a sum are two roundings on every machine, even if one instruction could do both.
#pragma STDC FP_CONTRACT OFF

// Lanes are passed only between functions that are always inlined, so that their calling convention, which differs
// between machines with and without AVX, does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#include "Lanes.h"
#include "Groups.h"
#include "Arithmetic.h"
#include "Combinations.h"
#include "Exponential.h"
#include "Logarithm.h"
#include "Power.h"
#include "Trigonometry.h"
#include "Tables.h"
#include "Normal.h"
#include "Copulas.h"
#include "Steps.h"
#include "Uniforms.h"
#include "Moments.h"
#include "Counts.h"
#include "Sketch.h"
#include "Nets.h"

#define ALL_BINARY(FORM)                                                                       \
  {                                                                                            \
    [LC_ADD] = add_##FORM, [LC_SUBTRACT] = subtract_##FORM, [LC_MULTIPLY] = multiply_##FORM,   \
    [LC_DIVIDE] = divide_##FORM, [LC_MINIMUM] = minimum_##FORM, [LC_MAXIMUM] = maximum_##FORM, \
    [LC_EQUAL] = equal_##FORM, [LC_NOT_EQUAL] = not_equal_##FORM, [LC_LESS] = less_##FORM,     \
    [LC_LESS_OR_EQUAL] = less_or_equal_##FORM, [LC_GREATER] = greater_##FORM,                  \
    [LC_GREATER_OR_EQUAL] = greater_or_equal_##FORM, [LC_AND] = logical_and_##FORM,            \
    [LC_OR] = logical_or_##FORM, [LC_POWER] = power_##FORM,                                    \
  }

const lc_kernels LC_KERNELS = {
  .column_column = ALL_BINARY(column_column),
  .column_scalar = ALL_BINARY(column_scalar),
  .scalar_column = ALL_BINARY(scalar_column),
  .unary = {
    [LC_NEGATE] = negate, [LC_ABSOLUTE] = absolute_value, [LC_SQUARE_ROOT] = square_root, [LC_NOT] = logical_not,
    [LC_EXP] = exponential, [LC_LOG] = logarithm, [LC_LOG10] = logarithm10,
    [LC_SINE] = sine, [LC_COSINE] = cosine, [LC_TANGENT] = tangent,
    [LC_NORMAL_QUANTILE] = normal_quantile, [LC_NORMAL_CDF] = normal_cdf,
  },
  .fill = fill,
  .affine = affine,
  .multiply_add = multiply_add,
  .select = select_column,
  .whole_power = whole_power,
  .product = product,
  .sum = sum,
  .weighted_sum = weighted_sum,
  .dot = dot,
  .octave_table = octave_table,
  .even_table = even_table,
  .steps = steps,
  .conditional = {
    [LC_CLAYTON] = clayton_conditional, [LC_FRANK] = frank_conditional, [LC_GUMBEL] = gumbel_conditional,
  },
  .uniforms = uniforms,
  .uniform_bits = uniform_bits,
  .philox = philox,
  .net_block = net_block,
  .strata_block = strata_block,
  .block_moments = block_moments,
  .count_below = count_below,
  .bin_indexes = bin_indexes,
};
