using Npgsql;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>What becomes of commits when connections are cut, servers die and several write.</summary>
[Trait("Category", Campaign.Category)]
public sealed class PostgresWritingTests(ITestOutputHelper output) : PostgresStores
{
    [Fact]
    public async Task A_connection_cut_before_the_commit_costs_a_second_try()
    {
        var cuts = 1;
        await using var engine = await Open(o => o with { BeforeCommit = c => Cut(c, ref cuts) });

        await MustCommit(engine, Document("ESC-1", "1"));

        await OnlyOnce(engine);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_and_not_made_again()
    {
        var lost = 1;
        await using var engine = await Open(o =>
            o with
            {
                AfterCommit = _ =>
                {
                    if (lost-- > 0)
                    {
                        throw new NpgsqlException("the line went dead");
                    }
                },
            }
        );

        await MustCommit(engine, Document("ESC-1", "1"));

        await OnlyOnce(engine);
    }

    [Fact]
    public async Task A_commit_of_which_nobody_can_say_whether_it_was_made_says_so()
    {
        var schema = Schema;
        await using var engine = await Open(o =>
            o with
            {
                AskAfterCommit = TimeSpan.FromMilliseconds(300),
                AfterCommit = _ =>
                {
                    PostgresCluster.Shared.Execute(
                        $"ALTER SCHEMA {schema} RENAME TO {schema}_away"
                    );
                    throw new NpgsqlException("the line went dead");
                },
            }
        );

        var uncertain = await Should.ThrowAsync<StoreUncertainException>(async () =>
            await engine.Commit(Document("ESC-1", "1"), Cancel)
        );

        uncertain.Message.ShouldContain("Whether it was saved is not known");
        engine.Health.WriteProblem.ShouldNotBeNull();
        PostgresCluster.Shared.Execute($"ALTER SCHEMA {schema}_away RENAME TO {schema}");
        await OnlyOnce(engine);
    }

    [Fact]
    public async Task A_commit_that_the_server_refuses_changed_nothing_and_the_next_is_made()
    {
        await using var engine = await Open();
        PostgresCluster.Shared.Execute(
            $"ALTER TABLE {Schema}.documents ADD CONSTRAINT small CHECK (octet_length(body) < 10)"
        );

        // Together they are one transaction; only the one to blame fails.
        var fine = engine.Commit(Document("ESC-1", "fine"), Cancel).AsTask();
        var refused = engine.Commit(Document("ESC-2", "much too long"), Cancel).AsTask();
        var alsoFine = engine.Commit(Document("ESC-3", "fine"), Cancel).AsTask();

        (await fine).ShouldBeOfType<CommitOutcome.Committed>();
        (await alsoFine).ShouldBeOfType<CommitOutcome.Committed>();
        (await Should.ThrowAsync<StoreUnwritableException>(() => refused)).Message.ShouldContain(
            "Nothing was changed"
        );
        (await BodyOf(engine, "ESC-2")).ShouldBeNull();
    }

    [Fact]
    public async Task A_process_frozen_in_the_middle_of_a_commit_does_not_keep_the_others_waiting()
    {
        using var holding = new ManualResetEventSlim();
        using var frozen = new ManualResetEventSlim();
        var times = 0;
        await using var sleeper = await Open(o =>
            o with
            {
                BeforeCommit = _ =>
                {
                    if (Interlocked.Increment(ref times) == 1)
                    {
                        holding.Set();
                        frozen.Wait(Cancel);
                    }
                },
            }
        );
        await using var other = await Open();
        var asleep = sleeper.Commit(Document("ESC-1", "late"), Cancel).AsTask();
        holding.Wait(Cancel);

        await MustCommit(other, Document("ESC-1", "in time"));

        frozen.Set();
        (await asleep).ShouldBeOfType<CommitOutcome.Conflict>();
        (await BodyOf(other, "ESC-1")).ShouldBe("in time");
    }

    [Fact]
    public async Task Two_that_write_at_the_same_time_lose_no_update_and_double_nothing()
    {
        await using var first = await Open();
        await using var second = await Open();
        const int writers = 8;
        const int each = 30;
        await MustCommit(first, Document("counter", "0"));

        await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(w => Task.Run(() => CountUp(w % 2 == 0 ? first : second, each), Cancel))
        );

        (await BodyOf(second, "counter")).ShouldBe($"{writers * each}");
        var trail = await first.ReadAudit("counter", 0, 10_000, Cancel);
        trail
            .Select(entry => entry.Sequence)
            .ShouldBe(Enumerable.Range(1, writers * each + 1).Select(i => (long)i));
        var numbers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => (i % 2 == 0 ? first : second).NextNumber("ESC", Cancel).AsTask())
        );
        numbers.Order().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_whenever_connections_are_cut()
    {
        var campaign = new Campaign(output);
        await campaign.Run(
            2,
            async (seed, chance) =>
            {
                PostgresCluster.Shared.Drop(Schema);
                var cuts = 0;
                await using var engine = await Open(o =>
                    o with
                    {
                        CommitsPerGroup = 8,
                        BeforeCommit = connection =>
                        {
                            if (chance.Below(4) == 0)
                            {
                                cuts++;
                                Cut(connection);
                            }
                        },
                        AfterCommit = _ =>
                        {
                            if (chance.Below(4) == 0)
                            {
                                cuts++;
                                throw new NpgsqlException("the line went dead");
                            }
                        },
                    }
                );
                var outcomes = await Task.WhenAll(
                    Enumerable.Range(0, 100).Select(i => Try(engine, Document($"ESC-{i}", $"{i}")))
                );
                await using var after = await Open();
                for (var i = 0; i < outcomes.Length; i++)
                {
                    (await BodyOf(after, $"ESC-{i}")).ShouldBe(outcomes[i] ? $"{i}" : null);
                    (await after.ReadAudit($"ESC-{i}", 0, 9, Cancel)).Count.ShouldBe(
                        outcomes[i] ? 1 : 0
                    );
                }

                (await after.ReadOutbox(0, 1000, Cancel)).Count.ShouldBe(outcomes.Count(o => o));
                return new Totals(cuts, outcomes.Count(o => o), outcomes.Count(o => !o));
            }
        );
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_the_server_was_killed_and_the_next_commits_are_made()
    {
        using var server = PostgresCluster.StartOwn();
        await using var engine = await Open(place: server.Store(Schema));
        await MustCommit(engine, Document("before", "1"));
        var writing = Enumerable
            .Range(0, 200)
            .Select(i => Try(engine, Document($"ESC-{i}", $"{i}")))
            .ToList();
        // It comes back while they are made: of a commit whose answer was lost nobody knows until it is there again.
        server.Kill();
        server.Start();
        await Task.WhenAll(writing);

        await MustCommit(engine, Document("after", "1"));
        engine.Health.WriteProblem.ShouldBeNull();
        (await BodyOf(engine, "before")).ShouldBe("1");
        for (var i = 0; i < writing.Count; i++)
        {
            (await BodyOf(engine, $"ESC-{i}")).ShouldBe(await writing[i] ? $"{i}" : null);
        }
    }

    private static async Task<bool> Try(PostgresStoreEngine engine, StoreCommit commit)
    {
        try
        {
            return await engine.Commit(commit, Cancel) is CommitOutcome.Committed;
        }
        catch (StoreUnwritableException)
        {
            return false;
        }
    }

    private static async Task CountUp(PostgresStoreEngine engine, int times)
    {
        for (var done = 0; done < times; )
        {
            var found = (await engine.Get(new DocumentKey("escalation", "counter"), Cancel))!;
            var next = int.Parse(
                System.Text.Encoding.UTF8.GetString(found.Body.Span),
                System.Globalization.CultureInfo.InvariantCulture
            );
            var outcome = await engine.Commit(
                Document("counter", $"{next + 1}", found.Version) with
                {
                    Outbox = [],
                },
                Cancel
            );
            done += outcome is CommitOutcome.Committed ? 1 : 0;
        }
    }

    private static void Cut(NpgsqlConnection connection, ref int cuts)
    {
        if (cuts-- > 0)
        {
            Cut(connection);
        }
    }

    private static void Cut(NpgsqlConnection connection) =>
        PostgresCluster.Shared.Execute(
            $"SELECT pg_terminate_backend({connection.ProcessID}, 5000)"
        );

    private static async Task OnlyOnce(PostgresStoreEngine engine)
    {
        (await BodyOf(engine, "ESC-1")).ShouldBe("1");
        (await engine.ReadAudit(0, 10, Cancel)).ShouldHaveSingleItem();
        (await engine.ReadOutbox(0, 10, Cancel)).ShouldHaveSingleItem();
    }
}
