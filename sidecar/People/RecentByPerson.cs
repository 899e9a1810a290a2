using Sidecar.Ids;

namespace Sidecar.People;

/// <summary>
/// What is known of the people lately spoken of, in memory: at most twice <paramref name="generation"/>. Who was touched
/// within the latest generation is never forgotten, so a name made available stays so until it is shown.
/// </summary>
internal sealed class RecentByPerson<T>(int generation)
    where T : class
{
    private readonly Lock _gate = new();
    private Dictionary<UserId, T> _young = [];
    private Dictionary<UserId, T> _old = [];

    public T? Find(UserId id)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(id, out var known))
            {
                return known;
            }

            return _old.TryGetValue(id, out known) ? Put(id, known) : null;
        }
    }

    /// <summary>Changes what is known of somebody, or makes them known.</summary>
    public T Change(UserId id, Func<T?, T> change)
    {
        lock (_gate)
        {
            var known = _young.GetValueOrDefault(id) ?? _old.GetValueOrDefault(id);
            return Put(id, change(known));
        }
    }

    private T Put(UserId id, T known)
    {
        if (_young.Count >= generation && !_young.ContainsKey(id))
        {
            (_old, _young) = (_young, []);
        }

        return _young[id] = known;
    }
}
