using System.Net;
using Sidecar.Mattermost;

namespace Sidecar.Setup.Install;

/// <summary>Taking something away that may be gone already.</summary>
internal static class Removal
{
    /// <returns>False when it was not there any more.</returns>
    public static async Task<bool> Try(Func<Task> remove)
    {
        try
        {
            await remove();
            return true;
        }
        catch (MattermostException gone) when (gone.Is(HttpStatusCode.NotFound))
        {
            return false;
        }
    }
}
