using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;

/// <summary>Functions of scopes and of what is unique (https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-scope).</summary>
internal static class ScopeFunctions
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    public static Dictionary<string, BuiltIn> All { get; } = new()
    {
        ["subscription"] = (_, a) => Map(
            ("id", Scopes.Subscription), ("subscriptionId", Scopes.Subscription.Split('/')[2]), ("tenantId", "<tenant id>"), ("displayName", "checks")),
        ["tenant"] = (_, a) => Map(("tenantId", "<tenant id>")),
        ["resourceGroup"] = (site, a) => GroupOf(a.Count > 0 ? Scopes.ResourceGroup(a.Text(0)) : site.Module.Scope),
        ["deployment"] = (site, a) => Map(("name", site.Module.Name), ("location", "westeurope")),
        ["deployer"] = (_, a) => Map(("objectId", "<deployer's object id>"), ("tenantId", "<tenant id>")),
        ["environment"] = (_, a) => new MapValue([
            KeyValuePair.Create("name", (Value)new TextValue("AzureCloud")),
            KeyValuePair.Create("suffixes", (Value)Map(("storage", "core.windows.net"), ("keyvaultDns", ".vault.azure.net"))),
        ]),
        ["resourceId"] = (site, a) => Id(site.Module.Scope, a),
        ["subscriptionResourceId"] = (_, a) => Id(Scopes.Subscription, a),
        ["tenantResourceId"] = (_, a) => Id(string.Empty, a),
        ["extensionResourceId"] = (_, a) => Id(a.Text(0), [.. a.Skip(1)]),
        ["guid"] = (_, a) => new TextValue(new Guid(Hash(a).AsSpan(0, 16)).ToString()),
        ["uniqueString"] = (_, a) => new TextValue(string.Concat(Hash(a).Take(13).Select(b => Base32[b % 32]))),
        ["cidrSubnet"] = (_, a) => new TextValue(Subnet(IPNetwork.Parse(a.Text(0)), a.Number(1), a.Number(2))),
        ["pickZones"] = (_, a) => new ListValue([new TextValue("1")]),
    };

    private static MapValue GroupOf(string scope) => scope.Split('/') is [.., "resourceGroups", var name]
        ? Map(("id", scope), ("name", name), ("location", "westeurope"))
        : throw new ArgumentException("there is no resource group in a file that is deployed to a subscription", nameof(scope));

    private static TextValue Id(string scope, IReadOnlyList<Value> arguments)
    {
        var type = arguments.Text(0).Split('/');
        if (type.Length != arguments.Count)
        {
            throw new ArgumentException($"'{arguments.Text(0)}' takes {type.Length - 1} names, not {arguments.Count - 1}", nameof(arguments));
        }

        return new TextValue($"{scope}/providers/{type[0]}/{string.Join('/', type.Skip(1).Zip(arguments.Skip(1), (t, n) => $"{t}/{n}"))}");
    }

    private static MapValue Map(params (string Name, string Text)[] entries) => new([
        .. entries.Select(e => KeyValuePair.Create(e.Name, e.Text.StartsWith('<') ? new UnknownValue(e.Text) : (Value)new TextValue(e.Text))),
    ]);

    /// <summary>A part of a network of IPv4, counted from 0.</summary>
    private static string Subnet(IPNetwork network, int prefixLength, int index)
    {
        if (prefixLength < network.PrefixLength || index >= 1L << (prefixLength - network.PrefixLength))
        {
            throw new ArgumentException($"{network} has no subnet {index} of /{prefixLength}", nameof(index));
        }

        var start = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes()) + ((uint)index << (32 - prefixLength));
        var address = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(address, start);
        return $"{new IPAddress(address)}/{prefixLength}";
    }

    private static byte[] Hash(IReadOnlyList<Value> arguments) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('-', arguments)));
}
