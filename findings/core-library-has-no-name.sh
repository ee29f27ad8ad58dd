#!/bin/bash
# SPDX-License-Identifier: MIT
# nanoFramework.CoreLibrary 1.17.11, lib/mscorlib.pe: the compiled library that every board runs.
#
# Expected: the header's assemblyName is an index into the assembly's own table of strings, as "TBL_Strings" beside the field says, so that
# a tool can list what an image holds by reading names.
# Seen: the index lies far outside of that table. The runtime resolves high indices in a table of words that is compiled into it, counted
# down from 65535; the file does not contain the name at all. A tool that reads the name there reads beyond the table.
# What Lapel does: `lapel image` takes such an assembly's name as not known, and goes by the order of its list.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/get.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RestorePackagesPath>packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="nanoFramework.CoreLibrary" Version="[1.17.11]" />
  </ItemGroup>
</Project>
PROJECT
dotnet restore "$folder/get.csproj" --verbosity quiet
file="$folder/packages/nanoframework.corelibrary/1.17.11/lib/mscorlib.pe"

number() { od -An -t "u$3" -j "$2" -N "$3" --endian=little "$1" | tr -d ' '; }

# The header: 8 bytes of marker, five words, four halves of version, then the name's index (half); 16 words of table offsets from byte 40.
marker=$(head -c 6 "$file")
name=$(number "$file" 36 2)
strings=$(number "$file" $((40 + 4 * 11)) 4)
behind=$(number "$file" $((40 + 4 * 12)) 4)
echo "marker $marker, index of the name $name, bytes in the table of strings $((behind - strings))"
[ "$marker" = NFMRK1 ]
[ "$name" -eq 64722 ]
[ "$name" -ge $((behind - strings)) ]
if grep -qa 'mscorlib' "$file"; then
  echo "the file contains its name now"
  exit 1
fi
echo "the name stands nowhere in the file"
