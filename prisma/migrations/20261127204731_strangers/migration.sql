-- CreateTable
CREATE TABLE "strangers" (
    "method" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT,
    "login" TEXT,
    "email" TEXT,
    "first_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "times" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "strangers_pkey" PRIMARY KEY ("method","subject")
);

-- CreateTable
CREATE TABLE "refused_roles" (
    "method" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL DEFAULT '',
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_roles_pkey" PRIMARY KEY ("method","person_id","role","unit_id")
);

-- CreateIndex
CREATE INDEX "strangers_last_at_idx" ON "strangers"("last_at");
