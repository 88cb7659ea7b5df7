/** Value of the field "thôn sau sáp nhập" that asks for a new hamlet. */
export const NEW_HAMLET = "NEW";
