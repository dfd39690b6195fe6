-- CreateTable
CREATE TABLE "muted_notifications" (
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "muted_notifications_pkey" PRIMARY KEY ("person_id","kind")
);

-- CreateTable
CREATE TABLE "saved_filters" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "criteria" JSONB NOT NULL,
    "ord" INTEGER NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_filters_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_filters_person_id_list_name_key" ON "saved_filters"("person_id", "list", "name");

-- CreateIndex
CREATE INDEX "notifications_person_id_at_idx" ON "notifications"("person_id", "at");

-- By hand, from here on: what schema.prisma cannot say.

-- A list opens with one filter at most.
CREATE UNIQUE INDEX saved_filters_one_default ON saved_filters (person_id, list) WHERE is_default;
