using System.Text.Json;

namespace Sidecar.Storage;

/// <summary>
/// While a request is worked on that must be done once, whoever dies meanwhile: its first commit that is told in the audit
/// trail takes along that it is done (API-1). Sent again it finds that, also when nobody lived to keep what was answered.
/// </summary>
internal sealed class DoneMark
{
    private static readonly AsyncLocal<DoneMark?> Now = new();

    private readonly DocumentWrite _write;
    private volatile bool _isOver;

    private DoneMark(DocumentWrite write) => _write = write;

    /// <summary>From here on, in this flow of control, until <see cref="End"/>.</summary>
    /// <param name="kind">What says that it is done. It has no indexes.</param>
    /// <param name="id">Of which request.</param>
    /// <param name="version">The version that this request has written.</param>
    /// <param name="done">What it says then.</param>
    public static DoneMark Begin<T>(DocumentKind<T> kind, string id, long version, T done)
        where T : class =>
        Now.Value = new DoneMark(
            new DocumentWrite(
                new DocumentKey(kind.Name, id),
                version,
                JsonSerializer.SerializeToUtf8Bytes(done, kind.Json),
                []
            )
        );

    /// <summary>Nothing that runs on in the same flow of control belongs to it.</summary>
    public void End() => _isOver = true;

    /// <summary>The mark that a commit takes along; null for none.</summary>
    public static DoneMark? Of(StoreCommit commit) =>
        Now.Value is { _isOver: false } mark && commit.Audit.Count > 0 ? mark : null;

    /// <summary>The commit with it.</summary>
    public StoreCommit Joined(StoreCommit commit) =>
        commit with
        {
            Documents = [.. commit.Documents, _write],
        };

    /// <summary>What became of the commit with it.</summary>
    /// <exception cref="TakenOverException">Somebody else works on the request now.</exception>
    public void Settle(CommitOutcome outcome)
    {
        switch (outcome)
        {
            case CommitOutcome.Committed:
                _isOver = true;
                break;
            case CommitOutcome.Conflict { Key: var key } when key == _write.Key:
                throw new TakenOverException();
        }
    }
}

/// <summary>
/// The request took so long that it counted as lost, and its repetition is being worked on, or is done: this one changes
/// nothing any more.
/// </summary>
internal sealed class TakenOverException()
    : Exception("The request counted as lost, and its repetition was taken on.");
