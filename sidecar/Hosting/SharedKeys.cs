using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Sidecar.Storage;

namespace Sidecar.Hosting;

/// <summary>
/// The keys that buttons and dialogs are sealed with, as documents of a store that several processes share: what one has
/// posted another can read. Keys of a data directory that are not there yet are taken over, so that cards posted before
/// go on working.
/// </summary>
internal sealed class SharedKeys(IStoreEngine engine, string folder) : IXmlRepository
{
    private const string Kind = "data-protection-key";
    private const int Most = 10_000;

    /// <summary>Brings the keys of the data directory in.</summary>
    public async Task TakeOver(CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.GetFiles(folder, "*.xml"))
        {
            var key = new DocumentKey(Kind, Path.GetFileNameWithoutExtension(file));
            if (await engine.Get(key, cancel) is null)
            {
                // When another process is faster, it brings the same.
                await Add(key, await File.ReadAllBytesAsync(file, cancel), cancel);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => Read(CancellationToken.None)).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() =>
                Add(
                    new DocumentKey(
                        Kind,
                        string.IsNullOrEmpty(friendlyName)
                            ? RandomNumberGenerator.GetHexString(32, lowercase: true)
                            : friendlyName
                    ),
                    System.Text.Encoding.UTF8.GetBytes(
                        element.ToString(SaveOptions.DisableFormatting)
                    ),
                    CancellationToken.None
                )
            )
            .GetAwaiter()
            .GetResult();

    private async Task<IReadOnlyCollection<XElement>> Read(CancellationToken cancel)
    {
        List<XElement> keys = [];
        foreach (var id in await engine.ReadIds(Kind, null, Most, cancel))
        {
            if (await engine.Get(new DocumentKey(Kind, id), cancel) is { } stored)
            {
                using var xml = new MemoryStream(stored.Body.ToArray());
                keys.Add(await XElement.LoadAsync(xml, LoadOptions.None, cancel));
            }
        }

        return keys;
    }

    private async Task Add(DocumentKey key, byte[] xml, CancellationToken cancel) =>
        await engine.Commit(
            new StoreCommit { Documents = [new DocumentWrite(key, 0, xml, [])] },
            cancel
        );
}
