using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

/// <summary>What the tests of this engine's own promises share: a directory, opening, and small commits.</summary>
public abstract class SqliteStores : IDisposable
{
    internal ScratchDirectory Scratch { get; } = new();

    protected string Data => Scratch["data"];

    protected string Database => Path.Combine(Data, "escalate.db");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Scratch.Dispose();
    }

    protected Task<SqliteStoreEngine> Open(
        Func<SqliteStoreOptions, SqliteStoreOptions>? change = null
    ) => OpenAt(Data, change);

    protected static Task<SqliteStoreEngine> OpenAt(
        string directory,
        Func<SqliteStoreOptions, SqliteStoreOptions>? change = null
    )
    {
        var options = new SqliteStoreOptions { DataDirectory = directory };
        return SqliteStoreEngine.OpenAsync(
            change?.Invoke(options) ?? options,
            TimeProvider.System,
            NullLogger<SqliteStoreEngine>.Instance,
            Cancel
        );
    }

    protected Task<StoreUnusableException> MustNotOpen() =>
        Should.ThrowAsync<StoreUnusableException>(() => Open());

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
        };

    protected static async Task MustCommit(IStoreEngine engine, StoreCommit commit) =>
        (await engine.Commit(commit, Cancel)).ShouldBeOfType<CommitOutcome.Committed>();

    protected static async Task<string?> BodyOf(IStoreEngine engine, string id) =>
        await engine.Get(new DocumentKey("escalation", id), Cancel) is { } found
            ? Encoding.UTF8.GetString(found.Body.Span)
            : null;

    /// <summary>A closed store of so many documents of a kilobyte.</summary>
    protected async Task MakeStore(int documents = 1)
    {
        await using var engine = await Open();
        for (var i = 0; i < documents; i++)
        {
            await MustCommit(engine, Document($"ESC-{i}", new string('x', 1000)));
        }
    }

    internal void Sql(string statements)
    {
        using var database = SqliteConnection.ForWriting(Database);
        database.Execute(statements);
    }
}
