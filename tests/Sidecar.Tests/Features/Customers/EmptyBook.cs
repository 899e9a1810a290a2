using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>A desk at which nobody has heard of any customer.</summary>
internal static class EmptyBook
{
    public static async Task<Desk> Open(string? settings = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var desk = await Desk.Open(settings: settings);
        var change = new Change(desk.Clock.GetUtcNow(), "test");
        foreach (var key in await desk.Store.Engine.ReadIds(Customer.Kind.Name, null, 100, cancel))
        {
            change.Delete(Customer.Kind, (await desk.Store.Find(Customer.Kind, key, cancel))!);
        }

        await desk.Store.Commit(change, cancel);
        return desk;
    }
}
