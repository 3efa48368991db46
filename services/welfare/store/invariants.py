"""The promises of the ledger as one statement each: I1 to I5 must hold at every moment, in every database."""

from shared.kernel.storage import Pool

LEDGER = {
    "I1_balanced": """
SELECT currency FROM (
  SELECT 'CNY' AS currency, sum(debits_posted - credits_posted) AS posted,
         sum(debits_pending - credits_pending) AS pending FROM ledger_account) s
WHERE posted <> 0 OR pending <> 0
""",
    "I2_counters_equal_fold": """
SELECT a.id FROM ledger_account a
LEFT JOIN LATERAL (
  SELECT coalesce(sum(t.amount_fen) FILTER (WHERE t.debit = a.id AND t.kind IN ('direct', 'post')), 0) AS dp,
         coalesce(sum(t.amount_fen) FILTER (WHERE t.credit = a.id AND t.kind IN ('direct', 'post')), 0) AS cp,
         coalesce(sum(t.amount_fen) FILTER (WHERE t.debit = a.id AND t.kind = 'reserve' AND e.id IS NULL), 0) AS dh,
         coalesce(sum(t.amount_fen) FILTER (WHERE t.credit = a.id AND t.kind = 'reserve' AND e.id IS NULL), 0) AS ch
  FROM transfer t LEFT JOIN transfer e ON e.pending_id = t.id WHERE t.budget_id = a.budget_id) f ON true
WHERE (a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending)
      IS DISTINCT FROM (f.dp, f.cp, f.dh, f.ch)
""",
    "I3_resolved_once": """
SELECT pending_id FROM transfer WHERE pending_id IS NOT NULL
GROUP BY pending_id HAVING count(*) > 1
""",
    "I4_no_overdraft": """
SELECT id FROM ledger_account
WHERE least(debits_pending, debits_posted, credits_pending, credits_posted) < 0
   OR (kind <> 'source' AND debits_pending + debits_posted > credits_posted)
""",
    "I5_paid_once": """
SELECT o.application_id FROM obligation o JOIN payment p USING (application_id)
WHERE p.state NOT IN ('cancelled', 'returned')
GROUP BY o.application_id, o.amount_fen HAVING count(*) > 1 OR sum(p.amount_fen) > o.amount_fen
""",
}
"""Each selects what breaks its promise: no row, no break."""


async def broken_invariants(pool: Pool) -> list[str]:
    """The names of the promises that are broken now."""
    return [name for name, text in LEDGER.items() if await pool.fetch(f"{text} LIMIT 1")]
