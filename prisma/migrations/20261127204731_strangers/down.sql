-- Loses: who was proven and is linked to nobody, and which roles groups would give and must not. Both come again as people sign in.
DROP TABLE "strangers", "refused_roles";
