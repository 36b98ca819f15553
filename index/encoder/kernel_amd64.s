#include "textflag.h"

// The rows of a tile end at SI, AX, BX and R13; DX counts from minus the number of pairs to zero.
#define ROWS \
	MOVQ pairs+0(FP), DX \
	MOVQ x+8(FP), SI \
	MOVQ stride+16(FP), CX \
	MOVQ panel+24(FP), DI \
	MOVQ by+32(FP), R8 \
	MOVQ scales+40(FP), R9 \
	MOVQ bias+48(FP), R10 \
	MOVQ y+64(FP), R11 \
	MOVQ out+72(FP), R12 \
	LEAQ (SI)(DX*4), SI \
	LEAQ (SI)(CX*1), AX \
	LEAQ (SI)(CX*2), BX \
	LEAQ (AX)(CX*2), R13 \
	NEGQ DX

// func multiplyVNNI(pairs int, x *int16, stride int, panel *byte, by, scales, bias *float32, floor float32, y *float32, out int)
//
// Z0 to Z7 hold the sums of 4 rows by 32 columns. Each turn widens two weights of each column to 16 bits and adds the products
// with two numbers of each row.
TEXT ·multiplyVNNI(SB), NOSPLIT, $0-80
	ROWS
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7

turn:
	PREFETCHT0 2048(DI) // the first rows find the weights out of reach
	VPMOVSXBW (DI), Z8
	VPMOVSXBW 32(DI), Z9
	VPBROADCASTD (SI)(DX*4), Z10
	VPBROADCASTD (AX)(DX*4), Z11
	VPBROADCASTD (BX)(DX*4), Z12
	VPBROADCASTD (R13)(DX*4), Z13
	VPDPWSSD Z8, Z10, Z0
	VPDPWSSD Z9, Z10, Z1
	VPDPWSSD Z8, Z11, Z2
	VPDPWSSD Z9, Z11, Z3
	VPDPWSSD Z8, Z12, Z4
	VPDPWSSD Z9, Z12, Z5
	VPDPWSSD Z8, Z13, Z6
	VPDPWSSD Z9, Z13, Z7
	ADDQ $64, DI
	INCQ DX
	JNZ  turn

	VMOVUPS (R9), Z8
	VMOVUPS 64(R9), Z9
	VMOVUPS (R10), Z10
	VMOVUPS 64(R10), Z11
	VBROADCASTSS floor+56(FP), Z12

#define ROW512(r, a, b) \
	VBROADCASTSS r*4(R8), Z13 \
	VMULPS Z8, Z13, Z14 \
	VMULPS Z9, Z13, Z16 \
	VCVTDQ2PS a, a \
	VCVTDQ2PS b, b \
	VMULPS Z14, a, a \
	VMULPS Z16, b, b \
	VADDPS Z10, a, a \
	VADDPS Z11, b, b \
	VMAXPS Z12, a, a \
	VMAXPS Z12, b, b \
	VMOVUPS a, (R11) \
	VMOVUPS b, 64(R11) \
	ADDQ R12, R11

	ROW512(0, Z0, Z1)
	ROW512(1, Z2, Z3)
	ROW512(2, Z4, Z5)
	ROW512(3, Z6, Z7)
	VZEROUPPER
	RET

// func multiplyAVX2(pairs int, x *int16, stride int, panel *byte, by, scales, bias *float32, floor float32, y *float32, out int)
//
// The same for 16 of the 32 columns, in Y0 to Y7.
TEXT ·multiplyAVX2(SB), NOSPLIT, $0-80
	ROWS
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

turn:
	VPMOVSXBW (DI), Y8
	VPMOVSXBW 16(DI), Y9
	VPBROADCASTD (SI)(DX*4), Y10
	VPMADDWD Y8, Y10, Y11
	VPMADDWD Y9, Y10, Y12
	VPADDD Y11, Y0, Y0
	VPADDD Y12, Y1, Y1
	VPBROADCASTD (AX)(DX*4), Y10
	VPMADDWD Y8, Y10, Y11
	VPMADDWD Y9, Y10, Y12
	VPADDD Y11, Y2, Y2
	VPADDD Y12, Y3, Y3
	VPBROADCASTD (BX)(DX*4), Y10
	VPMADDWD Y8, Y10, Y11
	VPMADDWD Y9, Y10, Y12
	VPADDD Y11, Y4, Y4
	VPADDD Y12, Y5, Y5
	VPBROADCASTD (R13)(DX*4), Y10
	VPMADDWD Y8, Y10, Y11
	VPMADDWD Y9, Y10, Y12
	VPADDD Y11, Y6, Y6
	VPADDD Y12, Y7, Y7
	ADDQ $64, DI
	INCQ DX
	JNZ  turn

	VBROADCASTSS floor+56(FP), Y12

#define HALF256(at, a) \
	VMULPS at(R9), Y13, Y14 \
	VCVTDQ2PS a, a \
	VMULPS Y14, a, a \
	VADDPS at(R10), a, a \
	VMAXPS Y12, a, a \
	VMOVUPS a, at(R11)

#define ROW256(r, a, b) \
	VBROADCASTSS r*4(R8), Y13 \
	HALF256(0, a) \
	HALF256(32, b) \
	ADDQ R12, R11

	ROW256(0, Y0, Y1)
	ROW256(1, Y2, Y3)
	ROW256(2, Y4, Y5)
	ROW256(3, Y6, Y7)
	VZEROUPPER
	RET

// func dotAVX2(n int, v, w *float32) float32
//
// n is a multiple of 32.
TEXT ·dotAVX2(SB), NOSPLIT, $0-28
	MOVQ n+0(FP), CX
	MOVQ v+8(FP), SI
	MOVQ w+16(FP), DI
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3

turn:
	VMOVUPS (SI), Y4
	VMOVUPS 32(SI), Y5
	VMOVUPS 64(SI), Y6
	VMOVUPS 96(SI), Y7
	VFMADD231PS (DI), Y4, Y0
	VFMADD231PS 32(DI), Y5, Y1
	VFMADD231PS 64(DI), Y6, Y2
	VFMADD231PS 96(DI), Y7, Y3
	ADDQ $128, SI
	ADDQ $128, DI
	SUBQ $32, CX
	JNZ  turn

	VADDPS Y1, Y0, Y0
	VADDPS Y3, Y2, Y2
	VADDPS Y2, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VADDPS X1, X0, X0
	VHADDPS X0, X0, X0
	VHADDPS X0, X0, X0
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func addScaledAVX2(n int, v, w *float32, by float32, next *float32)
//
// n is a multiple of 8. Product and sum are rounded one after the other, as plain code does.
TEXT ·addScaledAVX2(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), CX
	MOVQ v+8(FP), SI
	MOVQ w+16(FP), DI
	MOVQ next+32(FP), DX
	VBROADCASTSS by+24(FP), Y0

turn:
	PREFETCHT0 (DX)
	VMULPS (DI), Y0, Y1
	VADDPS (SI), Y1, Y1
	VMOVUPS Y1, (SI)
	ADDQ $32, SI
	ADDQ $32, DI
	ADDQ $32, DX
	SUBQ $8, CX
	JNZ  turn
	VZEROUPPER
	RET

// func largestAVX2(n int, x *float32) float32
//
// n is a multiple of 8.
TEXT ·largestAVX2(SB), NOSPLIT, $0-20
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), SI
	VPCMPEQD Y2, Y2, Y2
	VPSRLD $1, Y2, Y2 // all but the sign
	VXORPS Y0, Y0, Y0

turn:
	VANDPS (SI), Y2, Y1
	VMAXPS Y1, Y0, Y0
	ADDQ $32, SI
	SUBQ $8, CX
	JNZ  turn

	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0x4e, X0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0xb1, X0, X1
	VMAXPS X1, X0, X0
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

// func roundAVX2(n int, x *float32, by float32, to *int16)
//
// n is a multiple of 16.
TEXT ·roundAVX2(SB), NOSPLIT, $0-32
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), SI
	VBROADCASTSS by+16(FP), Y0
	MOVQ to+24(FP), DI

turn:
	VMULPS (SI), Y0, Y1
	VMULPS 32(SI), Y0, Y2
	VCVTPS2DQ Y1, Y1
	VCVTPS2DQ Y2, Y2
	VPACKSSDW Y2, Y1, Y1
	VPERMQ $0xd8, Y1, Y1 // packing goes by halves
	VMOVDQU Y1, (DI)
	ADDQ $64, SI
	ADDQ $32, DI
	SUBQ $16, CX
	JNZ  turn
	VZEROUPPER
	RET
