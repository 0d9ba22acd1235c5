/* bought.h: what minutes buy.
 *
 * An effect is stated for so many minutes of the meeting or talk that it comes from. Without them
 * there is none; each further minute prevents, saves or closes the same share of what is left. */
#ifndef TB_MODEL_BOUGHT_H
#define TB_MODEL_BOUGHT_H

/* The minutes for which effects are stated. */
enum { MEETING_OF_EFFECT = 15, TALK_OF_EFFECT = 20 };

/* Share that `minutes` bring when `reference` of them bring `share`; of the sign of `share`. A whole
 * multiple of 2^-32, so that the last bit of a libm cannot reach a result. */
double tb__bought(double share, double minutes, double reference);

#endif
