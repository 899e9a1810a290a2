using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>What the tests of this engine's own promises share: a schema, opening, and small commits.</summary>
public abstract class PostgresStores : IDisposable
{
    internal ScratchDirectory Scratch { get; } = new();

    internal string Schema { get; } = PostgresCluster.NewSchema();

    internal string Place => PostgresCluster.Shared.Store(Schema);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        PostgresCluster.Shared.Drop(Schema);
        Scratch.Dispose();
    }

    internal Task<PostgresStoreEngine> Open(
        Func<PostgresStoreOptions, PostgresStoreOptions>? change = null,
        string? place = null
    )
    {
        var options = new PostgresStoreOptions(PostgresAddress.Parse(place ?? Place));
        return PostgresStoreEngine.OpenAsync(
            change?.Invoke(options) ?? options,
            NullLogger<PostgresStoreEngine>.Instance,
            Cancel
        );
    }

    internal async Task<string> MustNotOpen(string? place = null) =>
        (await Should.ThrowAsync<StoreUnusableException>(() => Open(place: place))).Message;

    protected static StoreCommit Document(string id, string body, long expected = 0) =>
        new()
        {
            Documents =
            [
                new DocumentWrite(
                    new DocumentKey("escalation", id),
                    expected,
                    Encoding.UTF8.GetBytes(body),
                    [new IndexEntry("all", IndexKey.Empty.Then(id))]
                ),
            ],
            Audit = [new AuditWrite(DateTimeOffset.UnixEpoch, "tam", id, "{}"u8.ToArray())],
            Outbox =
            [
                new OutboxWrite(
                    EffectId.From($"{id}-{expected}"),
                    id,
                    "{}"u8.ToArray(),
                    DateTimeOffset.UnixEpoch
                ),
            ],
        };

    protected static async Task MustCommit(IStoreEngine engine, StoreCommit commit) =>
        (await engine.Commit(commit, Cancel)).ShouldBeOfType<CommitOutcome.Committed>();

    protected static async Task<string?> BodyOf(IStoreEngine engine, string id) =>
        await engine.Get(new DocumentKey("escalation", id), Cancel) is { } found
            ? Encoding.UTF8.GetString(found.Body.Span)
            : null;
}
