using System.Collections.Frozen;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Storage.Files;
using Sidecar.Text;

namespace Sidecar.Outbox;

/// <summary>
/// Makes files that are to be sent: on disk while they are on their way, for the owner only and gone afterwards, since
/// what is in them is as secret as the store.
/// </summary>
internal sealed class OutboxFiles
{
    private readonly string _folder;
    private readonly FrozenDictionary<string, FileMaker> _makers;

    /// <param name="dataDirectory">Belongs to this process alone; what an earlier one left there is removed.</param>
    /// <param name="makers">By the names of their sources.</param>
    public OutboxFiles(string dataDirectory, IEnumerable<KeyValuePair<string, FileMaker>> makers)
    {
        _folder = Path.Combine(Path.GetFullPath(dataDirectory), "sending");
        _makers = makers.ToFrozenDictionary(StringComparer.Ordinal);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>The content of a file, at its beginning; closing it removes it.</summary>
    /// <returns>A refusal instead, when the person may not have it.</returns>
    /// <exception cref="StoreUnwritableException">There is no room for it on disk.</exception>
    /// <exception cref="UndeliverableException">Nothing makes such files any more.</exception>
    public async Task<(Stream? Content, Refusal? Why)> Make(
        FileRequest request,
        string source,
        CancellationToken cancel
    )
    {
        if (!_makers.TryGetValue(source, out var make))
        {
            throw new UndeliverableException(
                $"Nothing makes files of the kind “{source}” any more."
            );
        }

        Stream? content = null;
        try
        {
            content = Open();
            if (await make(request, content, cancel) is { } refusal)
            {
                await content.DisposeAsync();
                return (null, refusal);
            }

            await content.FlushAsync(cancel);
            content.Position = 0;
            return (content, null);
        }
        catch (Exception problem)
        {
            if (content is not null)
            {
                await content.DisposeAsync();
            }

            if (problem is IOException or UnauthorizedAccessException)
            {
                throw new StoreUnwritableException(
                    $"A file that is to be sent can't be written into {_folder}: {problem.Message}",
                    problem
                );
            }

            throw;
        }
    }

    private FileStream Open()
    {
        StoreFiles.CreateDirectory(_folder);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = StoreFiles.OwnerOnly;
        }

        return new FileStream(Path.Combine(_folder, Path.GetRandomFileName()), options);
    }
}

/// <summary>Writes what somebody may have, or says why not.</summary>
internal delegate Task<Refusal?> FileMaker(
    FileRequest request,
    Stream to,
    CancellationToken cancel
);
